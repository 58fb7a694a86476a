package io.towpath.local;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes and reads a topic of one partition, as any client would. */
record Records(Login login, String topic) {

    Records(KafkaCluster cluster, String topic) {
        this(cluster.login("anybody"), topic);
    }

    void createTopic(short replicas) throws Exception {
        Topics.create(config(), List.of(new NewTopic(topic, 1, replicas)));
    }

    void write(String value) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get(60, TimeUnit.SECONDS);
        }
    }

    List<String> read() {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config(), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition only = new TopicPartition(topic, 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            return StreamSupport.stream(
                            consumer.poll(Duration.ofSeconds(30)).records(only).spliterator(), false)
                    .map(record -> record.value())
                    .toList();
        }
    }

    private Map<String, Object> config() {
        return login.properties();
    }
}
