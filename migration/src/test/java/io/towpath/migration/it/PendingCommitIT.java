package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.migration.config.Cluster;
import io.towpath.migration.groups.Group;
import io.towpath.migration.groups.GroupAdmin;
import io.towpath.migration.groups.GroupFailure;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** The positions of an exactly-once application are part of its transactions. */
class PendingCommitIT {

    private static final TopicPartition TP = new TopicPartition("pending", 0);

    @Test
    void aPositionIsNotReadWhileATransactionHoldsItsSuccessor() throws Exception {
        TwoClusters clusters = TwoClusters.shared();
        String dc1 = clusters.dc1.bootstrapServers();
        try (Writer writer = new Writer(dc1);
                Admin admin = Admin.create(Map.of("bootstrap.servers", dc1));
                KafkaConsumer<byte[], byte[]> input = reader(dc1);
                KafkaProducer<byte[], byte[]> application = writer.transactional("pending")) {
            writer.topic("pending", 1, Map.of());
            writer.plain("pending", 0, 0, 60);
            admin.alterConsumerGroupOffsets("pending", Map.of(TP, new OffsetAndMetadata(10)))
                    .all()
                    .get();
            application.initTransactions();
            application.beginTransaction();
            application.sendOffsetsToTransaction(Map.of(TP, new OffsetAndMetadata(50)), input.groupMetadata());
            assertThatThrownBy(() -> positionOf(dc1, "10000"))
                    .isInstanceOf(GroupFailure.class)
                    .hasMessageContaining("list the offsets of pending");
            application.commitTransaction();
            assertThat(positionOf(dc1, "60000")).isEqualTo(50);
        }
    }

    private static KafkaConsumer<byte[], byte[]> reader(String bootstrapServers) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "group.id", "pending"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static long positionOf(String bootstrapServers, String patience) {
        Cluster cluster = new Cluster(
                "dc1",
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "default.api.timeout.ms",
                        patience,
                        "request.timeout.ms",
                        "2000"));
        try (GroupAdmin groups = new GroupAdmin(cluster)) {
            Group group = groups.groups(List.of("pending")).get(0);
            return group.positions().get(TP).offset();
        }
    }
}
