package io.towpath.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZookeeperKafkaIT {

    @Test
    void aKilledBrokerOfAnOldClusterComesBackWithItsRecords(@TempDir Path directory) throws Exception {
        try (Stack stack = Stack.embedded(directory)) {
            KafkaCluster cluster = stack.zookeeperKafka("old", 1, Map.of());
            assertThat(stack.servers()).extracting(Server::name).containsExactly("old-zookeeper", "old-1");
            Records records = new Records(cluster, "kept");
            records.createTopic((short) 1);
            records.write("before");
            Server broker = cluster.brokers().get(0);

            broker.kill();
            // until the dead broker's session is over, ZooKeeper refuses its successor, which then ends
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(StartFailure.class)
                    .until(() -> {
                        broker.start();
                        broker.awaitReady();
                        return broker.alive();
                    });

            records.write("after");
            assertThat(records.read()).containsExactly("before", "after");
        }
    }
}
