package io.towpath.demo.stack;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Plugins;
import io.towpath.local.PostgresServer;
import io.towpath.local.Server;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * A cluster to leave, a cluster to reach, a worker with our plugins on each, and one PostgreSQL: what the demo and
 * {@code towpath up} run on.
 *
 * @param dc1 the cluster that applications use
 * @param dc2 the cluster that they move to
 * @param applications the worker on {@code dc1}
 * @param mirror the worker on {@code dc2}
 */
public record TwoClusters(
        KafkaCluster dc1, KafkaCluster dc2, ConnectWorker applications, ConnectWorker mirror, PostgresServer postgres) {

    /**
     * Starts all of them, as many at once as depend on nothing else.
     *
     * @param ready hears the name of each as soon as it serves, from several threads
     * @throws io.towpath.local.StartFailure if one does not start
     */
    public static TwoClusters start(Stack stack, Consumer<String> ready) {
        var postgres = CompletableFuture.supplyAsync(() -> served(stack.postgres("postgres"), ready));
        var dc1 = CompletableFuture.supplyAsync(() -> cluster(stack, "dc1", ready));
        var dc2 = CompletableFuture.supplyAsync(() -> cluster(stack, "dc2", ready));
        var applications = dc1.thenApplyAsync(cluster -> worker(stack, cluster, ready));
        var mirror = dc2.thenApplyAsync(cluster -> worker(stack, cluster, ready));
        try {
            return new TwoClusters(dc1.join(), dc2.join(), applications.join(), mirror.join(), postgres.join());
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private static KafkaCluster cluster(Stack stack, String name, Consumer<String> ready) {
        KafkaCluster cluster = stack.kafka(name, 1);
        ready.accept(name);
        return cluster;
    }

    private static ConnectWorker worker(Stack stack, KafkaCluster cluster, Consumer<String> ready) {
        return served(
                stack.connect(
                        "connect-" + cluster.name(),
                        cluster,
                        WorkerSettings.of(Plugins.capture(), Plugins.jdbc(), Plugins.transforms())),
                ready);
    }

    private static <T extends Server> T served(T server, Consumer<String> ready) {
        ready.accept(server.name());
        return server;
    }

    /** How a person reaches each; the {@code psql} line opens {@code database}. */
    public List<Reach> reaches(String database, Place place) {
        return List.of(
                Reach.of(dc1),
                Reach.of(applications),
                Reach.of(dc2),
                Reach.of(mirror),
                Reach.of(postgres, database, place));
    }
}
