package io.towpath.migration.journal;

/** The journal cannot be read or written; nothing was done after the last thing that it says. */
public final class JournalFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JournalFailure(String message) {
        super(message);
    }

    public JournalFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
