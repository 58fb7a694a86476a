package io.towpath.demo.cli;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Plugins;
import io.towpath.local.PostgresServer;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Clusters {@code dc1} and {@code dc2}, a worker on each, and PostgreSQL, started side by side. */
final class TwoClusters {

    private final Stack stack;
    private final PrintWriter out;

    TwoClusters(Stack stack, PrintWriter out) {
        this.stack = stack;
        this.out = out;
    }

    /** Returns when all are ready. @throws io.towpath.local.StartFailure if one is not */
    List<Reach> start(Place place) {
        out.println("starting dc1, dc2, a Connect worker on each, and PostgreSQL");
        out.flush();
        var databases = CompletableFuture.supplyAsync(() -> List.of(database(place)));
        var dc1 = CompletableFuture.supplyAsync(() -> clusterWithWorker("dc1"));
        var dc2 = CompletableFuture.supplyAsync(() -> clusterWithWorker("dc2"));
        try {
            return Stream.of(dc1.join(), dc2.join(), databases.join())
                    .flatMap(List::stream)
                    .toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private List<Reach> clusterWithWorker(String name) {
        KafkaCluster cluster = stack.kafka(name, 1);
        ready(cluster.name());
        ConnectWorker worker = stack.connect(
                "connect-" + name, cluster, WorkerSettings.of(Plugins.capture(), Plugins.jdbc(), Plugins.transforms()));
        ready(worker.name());
        return List.of(Reach.of(cluster), Reach.of(worker));
    }

    private Reach database(Place place) {
        PostgresServer postgres = stack.postgres("postgres");
        ready(postgres.name());
        return Reach.of(postgres, "postgres", place);
    }

    private void ready(String name) {
        out.println("  " + name + " is ready");
        out.flush();
    }
}
