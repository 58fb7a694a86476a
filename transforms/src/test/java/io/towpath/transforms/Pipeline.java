package io.towpath.transforms;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.PostgresServer;
import io.towpath.migration.connect.ConnectRest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** Real servers around a chain of transforms: a database, a stock connector on a worker, a topic to read. */
record Pipeline(KafkaCluster cluster, ConnectWorker worker, PostgresServer postgres) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    void sql(String database, String... statements) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(database), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    /** A plain Debezium connector, as its own documentation sets it up, with a chain of transforms behind it. */
    void debezium(String name, String database, Map<String, String> more) {
        Map<String, String> config = new HashMap<>(Map.of(
                "connector.class",
                "io.debezium.connector.postgresql.PostgresConnector",
                "plugin.name",
                "pgoutput",
                "database.hostname",
                postgres.host(),
                "database.port",
                Integer.toString(postgres.port()),
                "database.user",
                postgres.user(),
                "database.password",
                postgres.password(),
                "database.dbname",
                database,
                "topic.prefix",
                "dc1",
                "slot.name",
                name,
                "snapshot.mode",
                "no_data"));
        config.put("topic.creation.default.partitions", "2");
        config.put("topic.creation.default.replication.factor", "1");
        config.putAll(more);
        start(name, config);
    }

    void start(String name, Map<String, String> config) {
        ConnectRest rest = new ConnectRest(worker.url());
        rest.put(name, config);
        rest.awaitRunning(name, PATIENCE);
    }

    /** Every record of the topic, read from its start, once there are {@code atLeast}. */
    List<ConsumerRecord<String, String>> read(String topic, int atLeast) {
        Map<String, Object> config = Map.of("bootstrap.servers", cluster.bootstrapServers());
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = Awaitility.await(topic)
                    .atMost(PATIENCE)
                    .until(
                            () -> consumer.partitionsFor(topic).stream()
                                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                                    .toList(),
                            found -> !found.isEmpty());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Awaitility.await(atLeast + " records of " + topic).atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= atLeast;
            });
        }
        return records;
    }

    /** Class name to version of every plugin that a worker lists, connectors or not. */
    static Map<String, String> plugins(ConnectWorker worker) throws IOException, InterruptedException {
        URI list = worker.url().resolve("/connector-plugins?connectorsOnly=false");
        String json = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Map<String, String> plugins = new HashMap<>();
        new ObjectMapper()
                .readTree(json)
                .forEach(plugin -> plugins.put(
                        plugin.path("class").asText(), plugin.path("version").asText()));
        return plugins;
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
