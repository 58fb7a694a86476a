package io.towpath.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Plugins;
import io.towpath.local.PostgresServer;
import io.towpath.local.Server;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged plugin on real servers: in append mode the table has each record once, whatever is killed. */
class KilledServersIT {
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

    /** A running append-mode connector of two tasks for a new topic, and a new database of the same name. */
    private record Flow(Topic topic, Database database, Rest rest) implements AutoCloseable {
        static Flow start(String name) throws Exception {
            Topic topic = new Topic(cluster, name, 2);
            Database database = Database.create(server, name);
            database.run("CREATE TABLE " + name + " (id bigint, name text)");
            Map<String, String> config = new HashMap<>(database.config(
                    "name", name,
                    "topics", name,
                    "tasks.max", "2",
                    "session.idle.timeout.ms", "3000",
                    "session.lock.timeout.ms", "2000",
                    "consumer.override.session.timeout.ms", "6000",
                    "consumer.override.heartbeat.interval.ms", "1000",
                    "consumer.override.max.poll.records", "50"));
            config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
            Rest rest = new Rest(worker.url());
            rest.call("PUT", "/connectors/" + name + "/config", config);
            return new Flow(topic, database, rest);
        }

        void awaitRows(long rows) {
            Awaitility.await(rows + " rows")
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .until(() -> database.count(topic.name()) >= rows);
        }

        void assertEachRecordOnce() throws Exception {
            awaitRows(topic.written());
            String counts = "SELECT count(*), count(DISTINCT id), max(id) + 1 FROM " + topic.name();
            String all = String.valueOf(topic.written());
            assertThat(database.rows(counts)).containsExactly(String.join("|", all, all, all));
        }

        String path(String rest) {
            return "/connectors/" + topic.name() + rest;
        }

        @Override
        public void close() {
            rest.call("DELETE", path(""), null);
            topic.close();
        }
    }

    @Test
    void aKilledWorkerAndAKilledDatabaseLoseAndRepeatNothing() throws Exception {
        try (Flow flow = Flow.start("killed")) {
            flow.topic().write(3_000);
            flow.awaitRows(100);
            restart(worker);
            flow.topic().write(3_000);
            flow.awaitRows(3_100);
            restart(server);
            flow.topic().write(1_000);
            flow.assertEachRecordOnce();
        }
    }

    private static void restart(Server killed) {
        killed.kill();
        killed.start();
        killed.awaitReady();
    }

    @Test
    void aStoppedWorkersTaskThatComesBackWritesNothing() throws Exception {
        try (Flow flow = Flow.start("zombie")) {
            ConnectWorker other = stack.connect("worker-2", cluster, WorkerSettings.of(Plugins.jdbc()));
            flow.rest().awaitTasks("zombie", 2, "RUNNING");
            flow.topic().write(4_000);
            flow.awaitRows(200);
            other.pause();
            flow.topic().write(2_000);
            flow.awaitRows(6_000);
            other.resume();
            flow.topic().write(2_000);
            flow.assertEachRecordOnce();
            other.stop();
        }
    }

    @Test
    void theOffsetsRestInterfaceIsTruthful() throws Exception {
        try (Flow flow = Flow.start("offsets")) {
            flow.topic().write(1_000);
            flow.assertEachRecordOnce();
            flow.rest().stop("offsets");
            assertThat(next(flow.rest().get(flow.path("/offsets")))).containsExactly(500L, 500L);

            Map<String, Object> patch = Map.of(
                    "offsets",
                    List.of(Map.of(
                            "partition", Map.of("kafka_topic", "offsets", "kafka_partition", 0),
                            "offset", Map.of("kafka_offset", 400))));
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
