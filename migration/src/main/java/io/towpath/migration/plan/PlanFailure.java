package io.towpath.migration.plan;

/** A cluster refused what the plan asked of it. */
public final class PlanFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PlanFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
