package io.towpath.migration.config;

/** A cluster did not do what it was asked. The message names the cluster, the request and the broker's reason. */
public final class ClusterRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClusterRefusal(String message, Throwable cause) {
        super(message, cause);
    }
}
