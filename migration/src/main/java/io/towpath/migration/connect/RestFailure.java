package io.towpath.migration.connect;

/** A worker refused a call or could not be reached; the message is the one of the REST body. */
public final class RestFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** {@code status}: the HTTP status, or 0 when there was no answer at all. */
    public RestFailure(int status, String message) {
        super(message);
        this.status = status;
    }

    public RestFailure(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    public int status() {
        return status;
    }
}
