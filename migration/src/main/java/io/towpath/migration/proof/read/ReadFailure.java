package io.towpath.migration.proof.read;

/** A cluster could not be read to the fence; nothing is said about its records. */
public final class ReadFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ReadFailure(String message) {
        super(message);
    }

    public ReadFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
