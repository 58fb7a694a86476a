package io.towpath.migration.proof.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.local.KafkaCluster;
import io.towpath.local.Server;
import io.towpath.local.Stack;
import io.towpath.local.Topics;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.proof.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker tells by the leader epoch whether what was read is still there: the end of a log tells nothing. */
class CutLogIT {

    private static final TopicPartition TP = new TopicPartition("cut", 0);

    @Test
    void aLogThatHasOtherRecordsThereThanWereReadIsRefused(@TempDir Path folder) throws Exception {
        try (Stack stack = Stack.embedded(folder)) {
            KafkaCluster cluster = stack.kafka("dc1", 1);
            Topics.create(Map.of("bootstrap.servers", cluster.bootstrapServers()), "cut", 1);
            write(cluster, 10);
            Map<TopicPartition, Integer> first = read(cluster, 0, Map.of());
            for (Server broker : cluster.brokers()) { // its next leadership is another epoch
                broker.kill();
                broker.start();
                broker.awaitReady();
            }
            write(cluster, 10);
            Map<TopicPartition, Integer> second = read(cluster, 10, first);
            assertThat(second.get(TP)).isGreaterThan(first.get(TP));
            read(cluster, 20, second);
            assertThatThrownBy(() -> read(cluster, 20, first)) // 10 to 19 were read in an epoch that ended at 10
                    .isInstanceOf(ReadFailure.class)
                    .hasMessageStartingWith("cut-0 was cut below offset 20");
        }
    }

    private static void write(KafkaCluster cluster, int records) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>("cut", 0, null, new byte[] {(byte) i}))
                        .get();
            }
        }
    }

    /** Reads to the end, or one round of waiting when it begins there; returns the epochs. */
    private static Map<TopicPartition, Integer> read(
            KafkaCluster cluster, long from, Map<TopicPartition, Integer> epochs) {
        Cluster side = new Cluster("dc1", Map.of("bootstrap.servers", cluster.bootstrapServers()));
        List<Entry> read = new ArrayList<>();
        long end = from < 10 ? 10 : 20;
        SideReader reader = new SideReader(side, Map.of(TP, from), epochs, new SideReader.Taker() {
            private long reached = from;
            private int asked;

            @Override
            public void take(TopicPartition partition, List<Entry> entries, long position) {
                read.addAll(entries);
                reached = position;
            }

            @Override
            public boolean wants(TopicPartition partition) {
                return true;
            }

            @Override
            public boolean finished(TopicPartition partition) {
                return reached >= end && (from < end || asked++ > 20);
            }
        });
        reader.run();
        assertThat(read).hasSize((int) (end - from));
        return reader.epochs();
    }
}
