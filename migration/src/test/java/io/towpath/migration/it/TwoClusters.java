package io.towpath.migration.it;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Two real clusters and a worker attached to the second, with folders for migration files. */
final class TwoClusters {

    private static TwoClusters shared;

    final Stack stack;
    final KafkaCluster dc1;
    final KafkaCluster dc2;
    final ConnectWorker worker;
    private final Path folder;

    private TwoClusters(Path folder) {
        this.folder = folder;
        this.stack = Stack.embedded(folder);
        CompletableFuture<KafkaCluster> first = CompletableFuture.supplyAsync(() -> stack.kafka("dc1", 1));
        this.dc2 = stack.kafka("dc2", 1);
        this.dc1 = first.join();
        this.worker = stack.connect("flows", dc2, WorkerSettings.of());
    }

    /** One pair for all tests of this JVM; it ends with the JVM, or with a run that failed ({@link FreshClusters}). */
    static synchronized TwoClusters shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** The next one who asks gets another pair. */
    static synchronized void endShared() {
        if (shared != null) {
            shared.stack.close();
            shared = null;
        }
    }

    /** One pair more, for what goes on beside the tests of {@link #shared}. */
    static TwoClusters another() {
        return start();
    }

    private static TwoClusters start() {
        try {
            return new TwoClusters(Files.createTempDirectory("towpath-migration"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A migration.yaml for {@code topics}. */
    String migration(String name, List<String> topics, String... groups) {
        return migrationWith("", name, topics, groups);
    }

    /** The other way round. */
    String reverse(String name, List<String> topics, String... groups) {
        return written(name, List.of(dc2, dc1), topics, groups, "");
    }

    /** From another cluster to the second. */
    String migrationFrom(KafkaCluster source, String name, List<String> topics, String... groups) {
        return written(name, List.of(source, dc2), topics, groups, "");
    }

    /** The same as {@link #migration}, with a part {@code more} at its end. */
    String migrationWith(String more, String name, List<String> topics, String... groups) {
        return written(name, List.of(dc1, dc2), topics, groups, more);
    }

    private String written(
            String name, List<KafkaCluster> sourceAndTarget, List<String> topics, String[] groups, String more) {
        String yaml = """
                name: %s
                source: {alias: %s, bootstrap.servers: "%s"}
                target: {alias: %s, bootstrap.servers: "%s"}
                connect: {url: "%s"}
                flow: {sizing: latency, tasks: 2}
                topics: ["%s"]
                groups: [%s]
                %s""".formatted(
                        name,
                        sourceAndTarget.get(0).name(),
                        sourceAndTarget.get(0).bootstrapServers(),
                        sourceAndTarget.get(1).name(),
                        sourceAndTarget.get(1).bootstrapServers(),
                        worker.url(),
                        String.join("\", \"", topics),
                        String.join(", ", groups),
                        more);
        try {
            return Files.writeString(folder.resolve(name + ".yaml"), yaml).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
