package io.towpath.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Plugins;
import io.towpath.local.PostgresServer;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged plugin on a real worker: what its REST interface says and takes. */
class PackagedSinkIT {
    @TempDir
    static Path directory;

    private static Stack stack;
    private static KafkaCluster cluster;
    private static PostgresServer server;
    private static ConnectWorker worker;

    @BeforeAll
    static void start() {
        stack = Stack.embedded(directory);
        cluster = stack.kafka("dc1", 1);
        server = stack.postgres("pg");
        worker = stack.connect("worker-1", cluster, WorkerSettings.of(Plugins.jdbc()));
    }

    @AfterAll
    static void close() {
        stack.close();
    }

    @Test
    void theOffsetsRestInterfaceIsTruthful() throws Exception {
        try (Flow flow = Flow.start(cluster, server, worker, "offsets")) {
            flow.topic().write(1_000);
            flow.assertEachRecordOnce();
            flow.rest().stop("offsets");
            assertThat(next(flow.rest().get(flow.path("/offsets")))).containsExactly(250L, 250L, 250L, 250L);

            Map<String, Object> patch = Map.of(
                    "offsets",
                    List.of(Map.of(
                            "partition", Map.of("kafka_topic", "offsets", "kafka_partition", 0),
                            "offset", Map.of("kafka_offset", 150))));
            flow.rest().call("PATCH", flow.path("/offsets"), patch);
            flow.rest().call("PUT", flow.path("/resume"), null);
            flow.awaitRows(1_100);

            flow.rest().stop("offsets");
            flow.rest().call("DELETE", flow.path("/offsets"), null);
            flow.rest().call("PUT", flow.path("/resume"), null);
            flow.awaitRows(2_100);
            assertThat(flow.database().rows("SELECT count(*) FROM offsets GROUP BY id HAVING count(*) NOT IN (2, 3)"))
                    .isEmpty();
            assertThat(flow.database().count("offsets")).isEqualTo(2_100);
        }
    }

    /** Of a letter that the queue's producer refuses at once, Connect's Future says that all is well. */
    @Test
    void aRefusedRecordThatTheRealQueueDoesNotTakeStopsTheTaskAndIsNotPassedOver() throws Exception {
        try (Flow flow = Flow.start(cluster, server, worker, "heavy")) {
            flow.database().run("ALTER TABLE heavy ALTER name TYPE varchar(20)");
            flow.config()
                    .putAll(Map.of(
                            "errors.tolerance", "all",
                            "errors.deadletterqueue.topic.name", "heavy-dead",
                            "errors.deadletterqueue.topic.replication.factor", "1",
                            "producer.override.max.request.size", "2000"));
            flow.configure("tasks.max", "1");
            flow.topic().write(400);
            flow.assertEachRecordOnce();
            flow.topic().send(0, "far too long".repeat(500));
            flow.rest().awaitTasks("heavy", 1, "FAILED");
            assertThat(flow.rest().get(flow.path("/status")).toString())
                    .contains("heavy-0@100 is perhaps not in the dead-letter queue")
                    .doesNotContain("far too");
            assertThat(flow.database().rows("SELECT next_offset FROM towpath_sink_offsets WHERE partition = 0"))
                    .containsExactly("100");

            flow.configure("producer.override.max.request.size", "1048576");
            flow.restartFailed();
            flow.topic().write(1);
            flow.awaitRows(401);
        }
    }

    private static List<Long> next(JsonNode offsets) {
        return offsets.path("offsets").findValues("kafka_offset").stream()
                .map(JsonNode::asLong)
                .toList();
    }

    @Test
    void aConfigurationIsRefusedOnTheKeyToChange() throws Exception {
        Database database = Database.create(server, "refused");
        assertThat(refusedKeys(database.config("connection.password", "wrong"))).containsExactly("connection.password");
        assertThat(refusedKeys(database.config("connection.url", "jdbc:postgresql://127.0.0.1:1/refused")))
                .containsExactly("connection.url");
        assertThat(refusedKeys(database.config("connection.url", server.jdbcUrl("nowhere"))))
                .containsExactly("connection.url");
        assertThat(refusedKeys(database.config("collection.name.format", "absent")))
                .containsExactly("collection.name.format");
        assertThat(refusedKeys(database.config("insert.mode", "upsert"))).containsExactly("primary.key.mode");
        assertThat(refusedKeys(database.config("insert.mod", "upsert"))).containsExactly("insert.mod");
        assertThat(refusedKeys(database.config("insert.mode", "merge"))).containsExactly("insert.mode");
        assertThat(refusedKeys(database.config())).isEmpty();
    }

    private static List<String> refusedKeys(Map<String, String> config) {
        JsonNode answer = new Rest(worker.url())
                .call("PUT", "/connector-plugins/ExactlyOnceJdbcSinkConnector/config/validate", config);
        return java.util.stream.StreamSupport.stream(answer.path("configs").spliterator(), false)
                .map(config1 -> config1.path("value"))
                .filter(value -> !value.path("errors").isEmpty())
                .map(value -> value.path("name").asText())
                .toList();
    }

    @Test
    void thePluginIsFoundByItsManifestWithItsVersionAndNothingElseIsSeen() {
        JsonNode plugins = new Rest(worker.url()).get("/connector-plugins");
        assertThat(plugins.findValuesAsText("class"))
                .filteredOn(name -> !name.startsWith("org.apache.kafka."))
                .containsExactly(ExactlyOnceJdbcSinkConnector.class.getName());
        assertThat(plugins.findValuesAsText("version")).contains(Version.get());
    }
}
