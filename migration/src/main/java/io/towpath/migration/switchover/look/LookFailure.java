package io.towpath.migration.switchover.look;

/** A cluster refused a question of the switch, or a change. */
public final class LookFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LookFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
