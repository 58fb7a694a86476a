package io.towpath.jdbc;

import io.towpath.local.KafkaCluster;
import io.towpath.local.Topics;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Topic {@code bills} of one partition, with keys, as JSON with schemas. */
final class Bills implements AutoCloseable {
    private static final String VALUE = """
            {"schema":{"type":"struct","fields":[{"field":"id","type":"int64","optional":false},\
            {"field":"name","type":"string","optional":true}]},"payload":{"id":%d,"name":"%s"}}""";

    private final KafkaProducer<String, String> producer;

    Bills(KafkaCluster cluster) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", cluster.bootstrapServers());
        Topics.create(config, "bills", 1);
        this.producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    /** One record for each name, in the log when this returns. */
    void write(long id, String... names) throws Exception {
        for (String name : names) {
            producer.send(new ProducerRecord<>("bills", Long.toString(id), VALUE.formatted(id, name)))
                    .get(60, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
