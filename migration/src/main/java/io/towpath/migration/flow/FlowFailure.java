package io.towpath.migration.flow;

/** The source of a flow cannot be looked at. */
public final class FlowFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FlowFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
