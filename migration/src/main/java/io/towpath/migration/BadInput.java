package io.towpath.migration;

/**
 * What the operator gave cannot be used; the message says what was given, what is wanted and under which key. Exit code 1.
 */
public final class BadInput extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BadInput(String message) {
        super(message);
    }

    public BadInput(String message, Throwable cause) {
        super(message, cause);
    }
}
