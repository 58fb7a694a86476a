package io.towpath.migration.plan;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Asked;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.config.ClusterRefusal;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** One cluster, asked: every failure says which cluster refused what. */
public final class Asking implements AutoCloseable {

    private final Cluster cluster;
    private final Admin admin;

    public Asking(Cluster cluster) {
        this.cluster = cluster;
        this.admin = Admin.create(cluster.properties());
    }

    public Admin admin() {
        return admin;
    }

    public String alias() {
        return cluster.alias();
    }

    /**
     * The answer, once it is there.
     *
     * @throws ClusterRefusal when the cluster refuses
     * @throws BadInput when nobody answers at the address given
     */
    public <T> T answer(String asked, KafkaFuture<T> future) {
        try {
            return new Asked(cluster).answer(asked, future);
        } catch (ClusterRefusal e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new BadInput(
                        cluster.alias() + ".bootstrap.servers: " + cluster.bootstrapServers()
                                + " given; wanted: brokers that answer (asked to " + asked + ")",
                        e.getCause());
            }
            throw e;
        }
    }

    /** The same for what a cluster may lack, or not allow us: then {@code empty}, and why. */
    public <T> Answer<T> ask(String asked, T empty, Supplier<KafkaFuture<T>> question) {
        try {
            return Answer.of(answer(asked, question.get()));
        } catch (ClusterRefusal e) {
            if (e.getCause() instanceof UnsupportedVersionException) {
                return Answer.lacking(empty, "its brokers are too old to be asked to " + asked);
            }
            if (e.getCause() instanceof SecurityDisabledException) {
                return Answer.lacking(empty, "it has no authorizer");
            }
            if (e.getCause() instanceof AuthorizationException) {
                return Answer.forbidden(empty, "our user may not " + asked);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
