package io.towpath.migration.config;

import io.towpath.migration.Interrupted;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;

/** Waits for answers of one cluster's admin client and puts its refusals into words. */
public record Asked(Cluster cluster) {

    /**
     * The answer, once it is there.
     *
     * @param request what is asked, as in "dc1 refused to …"
     * @throws ClusterRefusal when the answer is an error
     * @throws Interrupted when the thread is interrupted
     */
    public <T> T answer(String request, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new ClusterRefusal(
                    cluster.alias() + " refused to " + request + ": "
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (InterruptedException e) {
            throw new Interrupted(request + " on " + cluster.alias(), e);
        }
    }
}
