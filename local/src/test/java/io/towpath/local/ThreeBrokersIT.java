package io.towpath.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreeBrokersIT {

    @Test
    void aClusterOfThreeTakesRecordsWhileOneOfThemIsDead(@TempDir Path directory) throws Exception {
        try (Stack stack = Stack.embedded(directory)) {
            KafkaCluster cluster = stack.kafka("dc1", 3);
            Records records = new Records(cluster, "kept");
            records.createTopic((short) 3);
            Server first = cluster.brokers().get(0);

            first.kill();
            records.write("meanwhile");
            first.start();
            first.awaitReady();

            assertThat(records.read()).containsExactly("meanwhile");
        }
    }
}
