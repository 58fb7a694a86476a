package io.towpath.jdbc;

import io.towpath.local.KafkaCluster;
import io.towpath.local.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic that numbered rows are written to, as JSON with schemas; each number once. */
final class Topic implements AutoCloseable {
    private static final String VALUE = """
            {"schema":{"type":"struct","fields":[{"field":"id","type":"int64","optional":false},\
            {"field":"name","type":"string","optional":true}]},"payload":{"id":%d,"name":"row %d"}}""";

    private final String name;
    private final int partitions;
    private final KafkaProducer<String, String> producer;
    private final AtomicLong written = new AtomicLong();

    Topic(KafkaCluster cluster, String name, int partitions) throws Exception {
        this.name = name;
        this.partitions = partitions;
        Map<String, Object> config =
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "enable.idempotence", true, "linger.ms", 5);
        Topics.create(config, name, partitions);
        this.producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    /** Writes {@code count} more rows and waits until they are in the log. */
    void write(int count) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long id = written.getAndIncrement();
            sent.add(producer.send(new ProducerRecord<>(name, (int) (id % partitions), null, VALUE.formatted(id, id))));
        }
        for (Future<RecordMetadata> record : sent) {
            record.get();
        }
    }

    /** One row more, with a name of its own, that {@link #written} does not count. */
    void send(int partition, String text) throws ExecutionException, InterruptedException {
        String value = VALUE.formatted(-1, -1).replace("row -1", text);
        producer.send(new ProducerRecord<>(name, partition, null, value)).get();
    }

    long written() {
        return written.get();
    }

    String name() {
        return name;
    }

    @Override
    public void close() {
        producer.close();
    }
}
