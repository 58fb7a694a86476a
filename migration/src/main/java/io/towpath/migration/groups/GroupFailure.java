package io.towpath.migration.groups;

/** A cluster refused a question about groups, or did not keep what was set. */
public final class GroupFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public GroupFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
