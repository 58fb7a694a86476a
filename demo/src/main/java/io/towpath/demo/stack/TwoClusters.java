package io.towpath.demo.stack;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Plugins;
import io.towpath.local.PostgresServer;
import io.towpath.local.Server;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.access.ConnectRights;
import io.towpath.migration.access.WorkerNames;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A cluster to leave, a cluster to reach, a worker with our plugins on each, and one PostgreSQL: what the demo and
 * {@code towpath up} run on.
 *
 * @param dc1 the cluster that applications use
 * @param dc2 the cluster that they move to
 * @param applications the worker on {@code dc1}
 * @param mirror the worker on {@code dc2}
 * @param secured whether the clusters ask everybody who they are, and allow the least
 */
public record TwoClusters(
        KafkaCluster dc1,
        KafkaCluster dc2,
        ConnectWorker applications,
        ConnectWorker mirror,
        PostgresServer postgres,
        boolean secured) {

    /** What the workers keep for themselves, each on its own cluster. */
    public static final WorkerNames WORKER =
            new WorkerNames("connect", "connect-configs", "connect-offsets", "connect-status");

    /**
     * Starts all of them, as many at once as depend on nothing else.
     *
     * @param ready hears the name of each as soon as it serves, from several threads
     * @throws io.towpath.local.StartFailure if one does not start
     */
    public static TwoClusters start(Stack stack, Consumer<String> ready) {
        return start(stack, false, ready);
    }

    /** The same on secured clusters: each worker and each role has a user of its own, with the least that it needs. */
    public static TwoClusters startSecured(Stack stack, Consumer<String> ready) {
        return start(stack, true, ready);
    }

    private static KafkaCluster secured(Stack stack, String name) {
        KafkaCluster cluster = stack.securedKafka(name, 1, Map.of());
        try (Admission admin = new Admission(cluster)) {
            admin.make(List.of(
                    compacted(WORKER.configs(), 1), compacted(WORKER.offsets(), 4), compacted(WORKER.status(), 2)));
            admin.allow("worker", ConnectRights.worker(WORKER));
        }
        return cluster;
    }

    private static NewTopic compacted(String name, int partitions) {
        return new NewTopic(name, partitions, (short) 1).configs(Map.of("cleanup.policy", "compact"));
    }

    private static TwoClusters start(Stack stack, boolean secured, Consumer<String> ready) {
        var postgres = CompletableFuture.supplyAsync(() -> served(stack.postgres("postgres"), ready));
        var dc1 = CompletableFuture.supplyAsync(() -> cluster(stack, "dc1", secured, ready));
        var dc2 = CompletableFuture.supplyAsync(() -> cluster(stack, "dc2", secured, ready));
        var applications = dc1.thenApplyAsync(cluster -> worker(stack, cluster, ready));
        var mirror = dc2.thenApplyAsync(cluster -> worker(stack, cluster, ready));
        try {
            return new TwoClusters(
                    dc1.join(), dc2.join(), applications.join(), mirror.join(), postgres.join(), secured);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private static KafkaCluster cluster(Stack stack, String name, boolean secured, Consumer<String> ready) {
        KafkaCluster cluster = secured ? secured(stack, name) : stack.kafka(name, 1);
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
