package io.towpath.migration;

/** The thread was asked to stop while it waited; its interrupt flag is set again. Exit code 3. */
public final class Interrupted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Interrupted(String doing, InterruptedException cause) {
        super("interrupted while " + doing, cause);
        Thread.currentThread().interrupt();
    }
}
