package io.towpath.migration.switchover;

/** The switch stopped and could neither go on nor be undone; the journal knows where. Exit code 3. */
public final class HalfWay extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public HalfWay(String message, Throwable cause) {
        super(message, cause);
    }
}
