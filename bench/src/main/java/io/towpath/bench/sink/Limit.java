package io.towpath.bench.sink;

import io.towpath.local.KafkaCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.storage.Converter;

/**
 * What a program written for this one table can do: the same topic and converter on one thread, the best statement on
 * another. No offsets, no errors, no schema: the bound that a sink is measured by.
 */
final class Limit {
    private static final int BATCH = 5_000;
    private static final String[] COLUMNS = {
        "id", "name", "email", "status", "amount", "quantity", "active", "created_at", "updated_at"
    };
    private static final String[] TYPES = {
        "int8", "text", "text", "text", "float8", "int4", "bool", "timestamp", "timestamptz"
    };

    private final KafkaCluster cluster;
    private final ItemEvents events;
    private final Target target;

    Limit(KafkaCluster cluster, ItemEvents events, Target target) {
        this.cluster = cluster;
        this.events = events;
        this.target = target;
    }

    /** The converter alone, on one thread. */
    Figure converterAlone() {
        Duration before = cpu();
        long start = System.nanoTime();
        read(rows -> {});
        return figure("converter alone", start, before, Duration.ZERO);
    }

    Figure run(String name, String table, boolean upsert) throws Exception {
        target.table(table, upsert);
        Duration before = cpu();
        Duration databaseBefore = CpuTime.of(target.server().pid());
        long start = System.nanoTime();
        BlockingQueue<List<Struct>> queue = new ArrayBlockingQueue<>(4);
        try (Connection connection = target.connect()) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(connection, queue, table, upsert));
            read(rows -> put(queue, rows));
            put(queue, List.of());
            writer.join();
            return figure(name, start, before, CpuTime.of(target.server().pid()).minus(databaseBefore));
        }
    }

    private Figure figure(String name, long start, Duration before, Duration database) {
        double seconds = (System.nanoTime() - start) / 1e9;
        double micros = cpu().minus(before).toNanos() / 1e3 / events.records();
        return new Figure(name, events.records(), seconds, micros, database.toNanos() / 1e3 / events.records());
    }

    private static Duration cpu() {
        return CpuTime.of(ManagementFactory.getRuntimeMXBean().getPid());
    }

    private interface Sink {
        void take(List<Struct> rows);
    }

    private void read(Sink sink) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "max.poll.records",
                BATCH,
                "fetch.min.bytes",
                262_144,
                "max.partition.fetch.bytes",
                4_194_304,
                "enable.auto.commit",
                false);
        try (Converter keys = events.format().open(true);
                Converter values = events.format().open(false);
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, events.partitions())
                    .mapToObj(i -> new TopicPartition(events.topic(), i))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long seen = 0;
            while (seen < events.records()) {
                List<Struct> rows = new ArrayList<>(BATCH);
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    keys.toConnectData(record.topic(), record.key());
                    Struct value = (Struct)
                            values.toConnectData(record.topic(), record.value()).value();
                    rows.add(value.getStruct("after"));
                }
                seen += rows.size();
                if (!rows.isEmpty()) {
                    sink.take(rows);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void put(BlockingQueue<List<Struct>> queue, List<Struct> rows) {
        try {
            queue.put(rows);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void write(Connection connection, BlockingQueue<List<Struct>> queue, String table, boolean upsert) {
        try (PreparedStatement statement = connection.prepareStatement(sql(table, upsert))) {
            connection.setAutoCommit(false);
            for (List<Struct> rows = queue.take(); !rows.isEmpty(); rows = queue.take()) {
                List<Struct> last = upsert ? lastPerKey(rows) : rows;
                for (int c = 0; c < COLUMNS.length; c++) {
                    statement.setArray(c + 1, connection.createArrayOf(TYPES[c], column(last, c)));
                }
                statement.executeUpdate();
                connection.commit();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static List<Struct> lastPerKey(List<Struct> rows) {
        Map<Long, Struct> last = new HashMap<>();
        rows.forEach(row -> last.put(row.getInt64("id"), row));
        return List.copyOf(new TreeMap<>(last).values());
    }

    private static Object[] column(List<Struct> rows, int index) {
        Object[] values = new Object[rows.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = rows.get(i).get(COLUMNS[index]);
            values[i] = TYPES[index].equals("timestamp") ? timestamp((Long) value) : value;
        }
        return values;
    }

    private static String timestamp(long micros) {
        return java.time.LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000),
                        Math.floorMod(micros, 1_000_000) * 1_000,
                        java.time.ZoneOffset.UTC)
                .toString();
    }

    private static String sql(String table, boolean upsert) {
        List<String> arrays =
                Arrays.stream(TYPES).map(type -> "?::" + type + "[]").toList();
        String insert = "INSERT INTO " + table + " SELECT * FROM unnest(" + String.join(", ", arrays) + ")";
        List<String> sets = Arrays.stream(COLUMNS)
                .skip(1)
                .map(column -> column + " = excluded." + column)
                .toList();
        return upsert ? insert + " ON CONFLICT (id) DO UPDATE SET " + String.join(", ", sets) : insert;
    }
}
