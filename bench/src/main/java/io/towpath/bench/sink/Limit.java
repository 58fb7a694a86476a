package io.towpath.bench.sink;

import io.towpath.local.KafkaCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
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
    /** Of the arrays: what the driver sends in binary is the cheapest for both sides. */
    private static final String[] TYPES = {"int8", "text", "text", "text", "float8", "int4", "bool", "int8", "int8"};

    private static final Class<?>[] CLASSES = {
        Long.class,
        String.class,
        String.class,
        String.class,
        Double.class,
        Integer.class,
        Boolean.class,
        Long.class,
        Long.class
    };
    private static final String[] VALUES = {
        "%s",
        "%s",
        "%s",
        "%s",
        "%s",
        "%s",
        "%s",
        "timestamp 'epoch' + %s * interval '1 microsecond'",
        "timestamptz 'epoch' + %s * interval '1 microsecond'"
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
        Meter meter = meter();
        long start = System.nanoTime();
        read(rows -> {});
        return meter.figure("converter alone", events.records(), Duration.ofNanos(System.nanoTime() - start));
    }

    /** From the first row in the table to the last. */
    Figure run(String name, String table, boolean upsert) throws Exception {
        try (Watch watch = new Watch(target, events, table, upsert);
                Connection connection = target.connect()) {
            Meter meter = meter();
            BlockingQueue<List<Struct>> queue = new ArrayBlockingQueue<>(4);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(connection, queue, table, upsert));
            CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
                read(rows -> put(queue, rows));
                put(queue, List.of());
            });
            Duration time = watch.firstToLast(() -> refuseFailed(reader, writer));
            CompletableFuture.allOf(reader, writer).join();
            return meter.figure(name, events.records(), time);
        }
    }

    private Meter meter() {
        return new Meter(ProcessHandle.current().pid(), target);
    }

    private static void refuseFailed(CompletableFuture<Void> reader, CompletableFuture<Void> writer) {
        for (CompletableFuture<Void> one : List.of(reader, writer)) {
            if (one.isCompletedExceptionally()) {
                one.join();
            }
        }
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
                "fetch.max.wait.ms",
                50,
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
        Object[] values = (Object[]) Array.newInstance(CLASSES[index], rows.size());
        for (int i = 0; i < values.length; i++) {
            Object value = rows.get(i).get(COLUMNS[index]);
            values[i] = COLUMNS[index].equals("updated_at") ? micros((String) value) : value;
        }
        return values;
    }

    /** Of {@code 2026-01-01T00:00:00.123456Z}, the one form in the topic. */
    private static long micros(String time) {
        long days = LocalDate.of(number(time, 0, 4), number(time, 5, 7), number(time, 8, 10))
                .toEpochDay();
        long seconds = ((days * 24 + number(time, 11, 13)) * 60 + number(time, 14, 16)) * 60 + number(time, 17, 19);
        return seconds * 1_000_000 + number(time, 20, 26);
    }

    private static int number(String text, int begin, int end) {
        return Integer.parseInt(text, begin, end, 10);
    }

    private static String sql(String table, boolean upsert) {
        List<String> values = IntStream.range(0, COLUMNS.length)
                .mapToObj(i -> VALUES[i].formatted("unnest(?::" + TYPES[i] + "[])"))
                .toList();
        String insert = "INSERT INTO " + table + " SELECT " + String.join(", ", values);
        List<String> sets = Arrays.stream(COLUMNS)
                .skip(1)
                .map(column -> column + " = excluded." + column)
                .toList();
        return upsert ? insert + " ON CONFLICT (id) DO UPDATE SET " + String.join(", ", sets) : insert;
    }
}
