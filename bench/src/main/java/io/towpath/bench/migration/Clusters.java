package io.towpath.bench.migration;

import io.towpath.local.KafkaCluster;
import io.towpath.local.Stack;
import io.towpath.local.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Two clusters of one broker for a benchmark; their data is removed at the end. */
final class Clusters implements AutoCloseable {

    final Stack stack;
    final KafkaCluster dc1;
    final KafkaCluster dc2;
    private final Path folder;

    Clusters() throws IOException {
        folder = Files.createTempDirectory("towpath-bench");
        stack = Stack.embedded(folder, Tuning.THROUGHPUT);
        dc1 = stack.kafka("dc1", 1);
        dc2 = stack.kafka("dc2", 1);
    }

    List<String> both() {
        return List.of(dc1.bootstrapServers(), dc2.bootstrapServers());
    }

    /** For what a benchmark writes; removed with the clusters' data. */
    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        stack.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
