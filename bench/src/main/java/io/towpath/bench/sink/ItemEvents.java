package io.towpath.bench.sink;

import io.towpath.local.KafkaCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.storage.Converter;

/**
 * A topic of Debezium upsert events as its PostgreSQL connector writes them; about 3 kB each as JSON with schemas.
 *
 * @param records how many events
 * @param keys how many different rows they are about
 */
record ItemEvents(String topic, Format format, int partitions, long records, long keys) {
    private static final long SEED = 1;
    static final String TABLE = """
            CREATE TABLE %s (id bigint %s, name text, email text, status text, amount double precision,
              quantity integer, active boolean, created_at timestamp, updated_at timestamptz)""";

    private static final String KEY = """
            {"schema":{"type":"struct","fields":[{"type":"int64","optional":false,"field":"id"}],"optional":false,\
            "name":"shop.public.items.Key"},"payload":{"id":%d}}""";

    private static final String ROW = """
            {"type":"struct","fields":[{"type":"int64","optional":false,"field":"id"},\
            {"type":"string","optional":true,"field":"name"},{"type":"string","optional":true,"field":"email"},\
            {"type":"string","optional":true,"field":"status"},{"type":"double","optional":true,"field":"amount"},\
            {"type":"int32","optional":true,"field":"quantity"},{"type":"boolean","optional":true,"field":"active"},\
            {"type":"int64","optional":true,"name":"io.debezium.time.MicroTimestamp","version":1,"field":"created_at"},\
            {"type":"string","optional":true,"name":"io.debezium.time.ZonedTimestamp","version":1,\
            "field":"updated_at"}],"optional":true,"name":"shop.public.items.Value","field":"%s"}""";

    private static final String SOURCE = """
            {"type":"struct","fields":[{"type":"string","optional":false,"field":"version"},\
            {"type":"string","optional":false,"field":"connector"},{"type":"string","optional":false,"field":"name"},\
            {"type":"int64","optional":false,"field":"ts_ms"},{"type":"string","optional":true,\
            "name":"io.debezium.data.Enum","version":1,"parameters":{"allowed":"true,first,first_in_data_collection,\
            last_in_data_collection,last,false,incremental"},"default":"false","field":"snapshot"},\
            {"type":"string","optional":false,"field":"db"},{"type":"string","optional":true,"field":"sequence"},\
            {"type":"int64","optional":true,"field":"ts_us"},{"type":"int64","optional":true,"field":"ts_ns"},\
            {"type":"string","optional":false,"field":"schema"},{"type":"string","optional":false,"field":"table"},\
            {"type":"int64","optional":true,"field":"txId"},{"type":"int64","optional":true,"field":"lsn"},\
            {"type":"int64","optional":true,"field":"xmin"}],"optional":false,\
            "name":"io.debezium.connector.postgresql.Source","version":1,"field":"source"}""";

    private static final String HEAD = "{\"schema\":{\"type\":\"struct\",\"fields\":[" + ROW.formatted("before") + ","
            + ROW.formatted("after") + "," + SOURCE
            + ",{\"type\":\"string\",\"optional\":false,\"field\":\"op\"},{\"type\":\"int64\",\"optional\":true,"
            + "\"field\":\"ts_ms\"}],\"optional\":false,\"name\":\"shop.public.items.Envelope\",\"version\":2},"
            + "\"payload\":{\"before\":null,\"after\":";

    private static final String AFTER = """
            {"id":%d,"name":"item number %d","email":"someone.%d@mail.example","status":"open","amount":%d.25,\
            "quantity":%d,"active":true,"created_at":1767225600123456,"updated_at":"2026-01-01T00:00:00.123456Z"},\
            "source":{"version":"3.5.0.Final","connector":"postgresql","name":"shop","ts_ms":1767225600123,\
            "snapshot":"false","db":"shop","sequence":"[\\"123\\",\\"456\\"]","ts_us":1767225600123456,\
            "ts_ns":1767225600123456000,"schema":"public","table":"items","txId":%d,"lsn":%d,"xmin":null},\
            "op":"u","ts_ms":1767225600456}}""";

    /** One event's row. */
    record Item(long number, long id) {
        String name() {
            return "item number " + number;
        }
    }

    /** The last event of each partition. */
    List<Item> lastOfEachPartition() {
        Map<Integer, Item> last = new TreeMap<>();
        PrimitiveIterator.OfLong ids = ids();
        for (long i = 0; i < records; i++) {
            long id = ids.nextLong();
            last.put(partition(id), new Item(i, id));
        }
        return List.copyOf(last.values());
    }

    /** Every key once, then any of them: the same each time. */
    private PrimitiveIterator.OfLong ids() {
        Random random = new Random(SEED);
        return LongStream.range(0, records)
                .map(i -> i < keys ? i : random.nextLong(keys))
                .iterator();
    }

    private int partition(long id) {
        return (int) (id % partitions);
    }

    void create(KafkaCluster cluster) throws Exception {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "compression.type",
                "lz4",
                "linger.ms",
                50,
                "batch.size",
                262_144,
                "buffer.memory",
                67_108_864L);
        try (Admin admin = Admin.create(config)) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
        PrimitiveIterator.OfLong ids = ids();
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (Encoder encoder = new Encoder();
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < records && failure.get() == null; i++) {
                var sent = producer.send(encoder.event(i, ids.nextLong()), (metadata, broken) -> {
                    if (broken != null) {
                        failure.set(broken);
                    }
                });
                assert sent != null;
            }
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes JSON from its text; anything else from the structs that this JSON means. */
    private final class Encoder implements AutoCloseable {
        private final boolean text = format.isText();
        private final Format json = Format.json();
        private final Converter jsonKey = json.open(true);
        private final Converter jsonValue = json.open(false);
        private final Converter key = format.open(true);
        private final Converter value = format.open(false);
        private Struct like;

        ProducerRecord<byte[], byte[]> event(long number, long id) {
            int partition = partition(id);
            byte[] keyBytes = bytes(KEY.formatted(id));
            if (text) {
                return new ProducerRecord<>(topic, partition, keyBytes, bytes(valueText(number, id)));
            }
            SchemaAndValue keyData = jsonKey.toConnectData(topic, keyBytes);
            Struct struct = value(number, id);
            return new ProducerRecord<>(
                    topic,
                    partition,
                    key.fromConnectData(topic, keyData.schema(), keyData.value()),
                    value.fromConnectData(topic, struct.schema(), struct));
        }

        /** As the first one, with another row: nothing is parsed for each. */
        private Struct value(long number, long id) {
            if (like == null) {
                like = (Struct) jsonValue
                        .toConnectData(topic, bytes(valueText(number, id)))
                        .value();
            }
            Struct after = copy(like.getStruct("after"))
                    .put("id", id)
                    .put("name", "item number " + number)
                    .put("email", "someone." + id + "@mail.example")
                    .put("amount", number % 1_000 + 0.25)
                    .put("quantity", (int) (number % 100));
            Struct source = copy(like.getStruct("source")).put("txId", number).put("lsn", number);
            return copy(like).put("after", after).put("source", source);
        }

        private static Struct copy(Struct struct) {
            Struct copy = new Struct(struct.schema());
            struct.schema().fields().forEach(field -> copy.put(field, struct.getWithoutDefault(field.name())));
            return copy;
        }

        private static String valueText(long number, long id) {
            return HEAD + AFTER.formatted(id, number, id, number % 1_000, number % 100, number, number);
        }

        @Override
        public void close() throws IOException {
            for (Converter one : List.of(jsonKey, jsonValue, key, value)) {
                one.close();
            }
        }
    }
}
