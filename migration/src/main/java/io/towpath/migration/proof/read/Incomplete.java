package io.towpath.migration.proof.read;

/** One cluster has topics or partitions that the other lacks: nothing to lay side by side. The clusters differ. */
public final class Incomplete extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Incomplete(String message) {
        super(message);
    }
}
