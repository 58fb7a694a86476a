package io.towpath.demo.story;

import io.towpath.demo.cli.Place;
import io.towpath.demo.cli.Reach;
import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Plugins;
import io.towpath.local.PostgresServer;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The servers of the story: a cluster to leave, a cluster to reach, a worker beside each, and one PostgreSQL that holds
 * the shop and the warehouse.
 *
 * @param dc1 where the activity is captured to
 * @param dc2 where it moves to
 * @param applications the worker of {@code dc1}: capture and sink
 * @param mirror the worker of {@code dc2}: MirrorMaker 2
 * @param postgres databases {@code shop} and {@code warehouse}
 */
public record DemoServers(
        KafkaCluster dc1, KafkaCluster dc2, ConnectWorker applications, ConnectWorker mirror, PostgresServer postgres) {

    /** Starts all of them, as many at once as depend on nothing else, and returns when they answer. */
    public static DemoServers start(Stack stack) {
        var dc1 = CompletableFuture.supplyAsync(() -> stack.kafka("dc1", 1));
        var dc2 = CompletableFuture.supplyAsync(() -> stack.kafka("dc2", 1));
        var postgres = CompletableFuture.supplyAsync(() -> {
            PostgresServer server = stack.postgres("postgres");
            server.createDatabase("shop");
            server.createDatabase("warehouse");
            return server;
        });
        var applications = dc1.thenApplyAsync(cluster -> stack.connect(
                "connect-dc1", cluster, WorkerSettings.of(Plugins.capture(), Plugins.jdbc(), Plugins.transforms())));
        var mirror = dc2.thenApplyAsync(cluster -> stack.connect("connect-dc2", cluster, WorkerSettings.of()));
        try {
            return new DemoServers(dc1.join(), dc2.join(), applications.join(), mirror.join(), postgres.join());
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    List<Reach> reaches(Place place) {
        return List.of(
                Reach.of(dc1),
                Reach.of(applications),
                Reach.of(dc2),
                Reach.of(mirror),
                Reach.of(postgres, "warehouse", place));
    }

    Database shop() {
        return database("shop");
    }

    Database warehouse() {
        return database("warehouse");
    }

    private Database database(String name) {
        return new Database(postgres.jdbcUrl(name), postgres.user(), postgres.password());
    }
}
