package io.towpath.migration.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Consumer groups of one topic: each has committed somewhere, and is owed the record after that. */
final class Readers {

    private final String topic;
    private final Random random;
    /** Group to partition to what it is owed. */
    private final Map<String, Map<Integer, Owed>> owed = new TreeMap<>();

    /** The last record that was read, and the next one; null where there was none then. */
    private record Owed(String last, String next) {

        /** What is to be read next from the partition as it is now: who had read all is owed what was written since. */
        private String of(List<String> now) {
            int after = now.indexOf(last) + 1;
            return next != null ? next : after < now.size() ? now.get(after) : "end";
        }
    }

    Readers(String topic, long seed) {
        this.topic = topic;
        this.random = new Random(seed);
    }

    /** Commits for {@code group} {@code lag} records before the end of each partition; at random for a negative lag. */
    void commit(String bootstrapServers, String group, int lag) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        Map<Integer, Owed> next = new TreeMap<>();
        Map<Integer, List<ConsumerRecord<byte[], byte[]>>> records = byPartition(bootstrapServers);
        records.forEach((partition, all) -> {
            int read = Math.max(0, lag < 0 ? random.nextInt(all.size() + 1) : all.size() - lag);
            long offset = read == all.size()
                    ? all.get(read - 1).offset() + 1
                    : all.get(read).offset();
            positions.put(new TopicPartition(topic, partition), new OffsetAndMetadata(offset));
            next.put(
                    partition,
                    new Owed(
                            read == 0 ? null : text(all.get(read - 1)),
                            read == all.size() ? null : text(all.get(read))));
        });
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.alterConsumerGroupOffsets(group, positions).all().get();
        }
        owed.put(group, next);
    }

    private Map<Integer, List<ConsumerRecord<byte[], byte[]>>> byPartition(String bootstrapServers) {
        Map<Integer, List<ConsumerRecord<byte[], byte[]>>> records = new TreeMap<>();
        OtherChecks.read(bootstrapServers, topic)
                .forEach(r -> records.computeIfAbsent(r.partition(), p -> new ArrayList<>())
                        .add(r));
        return records;
    }

    /** On that cluster, the next record of every group is the first one that it has not committed. */
    void assertNextIsTheFirstNotCommitted(String bootstrapServers) throws ExecutionException, InterruptedException {
        Map<Integer, List<ConsumerRecord<byte[], byte[]>>> records = byPartition(bootstrapServers);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            for (Map.Entry<String, Map<Integer, Owed>> group : owed.entrySet()) {
                Map<TopicPartition, OffsetAndMetadata> positions = admin.listConsumerGroupOffsets(group.getKey())
                        .partitionsToOffsetAndMetadata()
                        .get();
                Map<Integer, String> next = new TreeMap<>();
                positions.forEach((tp, position) -> next.put(
                        tp.partition(),
                        records.get(tp.partition()).stream()
                                .filter(r -> r.offset() >= position.offset())
                                .findFirst()
                                .map(Readers::text)
                                .orElse("end")));
                Map<Integer, String> wanted = new TreeMap<>();
                group.getValue()
                        .forEach((partition, one) -> wanted.put(
                                partition,
                                one.of(records.get(partition).stream()
                                        .map(Readers::text)
                                        .toList())));
                assertThat(next)
                        .as("group %s on %s", group.getKey(), bootstrapServers)
                        .isEqualTo(wanted);
            }
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), UTF_8);
    }
}
