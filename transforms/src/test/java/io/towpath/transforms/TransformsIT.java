package io.towpath.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.activity.privacy.Pseudonyms;
import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Plugins;
import io.towpath.local.PostgresServer;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.connect.ConnectRest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import javax.management.JMException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.types.Password;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The packaged folder on a real worker: behind a stock Debezium connector, and in front of Kafka's own file sink. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TransformsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "a secret only for this test";
    private static final int ORDERS = 20;
    private static final Path ALONE =
            Path.of("target/alone/towpath-transforms-alone.jar").toAbsolutePath();

    @TempDir
    static Path directory;

    private static Stack stack;
    private static Pipeline pipeline;

    @BeforeAll
    static void start() throws SQLException {
        stack = Stack.embedded(directory);
        KafkaCluster cluster = stack.kafka("dc1", 1);
        PostgresServer postgres = stack.postgres("pg");
        postgres.createDatabase("shop");
        Path peers = Path.of("target/peers").toAbsolutePath();
        pipeline = new Pipeline(
                cluster, stack.connect("worker", cluster, WorkerSettings.of(Plugins.transforms(), peers)), postgres);
        pipeline.sql(
                "shop",
                "create table orders (id bigint primary key, customer_id bigint, status text, total numeric(10,2), ip text)",
                "alter table orders replica identity full",
                "create table carts (id bigint primary key)");
    }

    @AfterAll
    static void close() {
        stack.close();
    }

    @Test
    @Order(1)
    void theWorkerListsEveryPluginWithItsVersion() throws IOException, InterruptedException {
        Map<String, String> plugins = Pipeline.plugins(pipeline.worker());
        for (String name : List.of(
                "ToActivity",
                "Pseudonymize",
                "SaltKey",
                "UnsaltKey",
                "SchemaGate$Value",
                "SchemaGate$Key",
                "predicates.IsActivity",
                "predicates.IsHeartbeat",
                "predicates.HasConsent")) {
            assertThat(plugins).containsEntry("io.towpath.transforms." + name, Version.THIS);
        }
    }

    @Test
    @Order(2)
    void aStockDebeziumConnectorYieldsActivities() throws SQLException, IOException {
        Map<String, String> chain = new HashMap<>(Map.of(
                "heartbeat.interval.ms", "500",
                "provide.transaction.metadata", "true",
                "transforms", "activity,private,salt,gate",
                "transforms.activity.type", "io.towpath.transforms.ToActivity",
                "transforms.activity.predicate", "heartbeat",
                "transforms.activity.negate", "true",
                "predicates", "heartbeat,activity",
                "predicates.heartbeat.type", "io.towpath.transforms.predicates.IsHeartbeat",
                "predicates.activity.type", "io.towpath.transforms.predicates.IsActivity"));
        chain.putAll(rules("transforms.activity."));
        chain.putAll(Map.of(
                "transforms.private.type", "io.towpath.transforms.Pseudonymize",
                "transforms.private.predicate", "activity",
                "transforms.private.hmac", "key,value.actor.id,header.ce_subject,header.ce_partitionkey",
                "transforms.private.truncate.ip", "value.context.ip",
                "transforms.private.missing", "ignore",
                "transforms.private.keys", "k1",
                "transforms.private.keys.k1.secret", secretFromAFile()));
        chain.putAll(Map.of(
                "transforms.salt.type", "io.towpath.transforms.SaltKey",
                "transforms.salt.keys", pseudonym("1"),
                "transforms.salt.salts", "4",
                "transforms.salt.window.ms", "1",
                "transforms.gate.type", "io.towpath.transforms.SchemaGate$Value",
                "transforms.gate.predicate", "activity"));
        pipeline.debezium("orders", "shop", chain);

        for (int id = 1; id <= ORDERS; id++) {
            pipeline.sql(
                    "shop", "insert into orders values (%d, %d, 'open', 12.50, '192.0.2.77')".formatted(id, id % 3));
        }
        pipeline.sql(
                "shop",
                "insert into carts values (1)",
                "update orders set total = 13 where id = 1",
                "update orders set status = 'paid' where id = 1",
                "delete from orders where id = 2",
                "select pg_logical_emit_message(true, 'page-view', '{\"user\":{\"id\":1},\"url\":\"/p/1\"}')");

        assertActivities(pipeline.read("activity", ORDERS + 2));
        assertThat(pipeline.read("__debezium-heartbeat.dc1", 1))
                .as("heartbeats pass beside ToActivity")
                .isNotEmpty();
    }

    private static void assertActivities(List<ConsumerRecord<String, String>> records) throws IOException {
        Map<String, Integer> types = new HashMap<>();
        Set<String> keys = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (ConsumerRecord<String, String> record : records) {
            JsonNode activity = JSON.readTree(record.value()).path("payload");
            types.merge(activity.path("type").asText(), 1, Integer::sum);
            keys.add(JSON.readTree(record.key()).path("payload").asText());
            ids.add(activity.path("id").asText());
            assertThat(Pipeline.header(record, "ce_id"))
                    .isEqualTo(activity.path("id").asText());
            assertThat(activity.at("/actor/id").asText()).startsWith("k1.");
            assertThat(record.value()).doesNotContain("192.0.2.77");
            if (activity.path("type").asText().equals("order.placed")) {
                assertThat(activity.path("context").asText()).isEqualTo("{\"ip\":\"192.0.2.0\"}");
                assertThat(activity.path("data").asText()).endsWith(",\"total\":12.50}");
            }
        }
        assertThat(types).isEqualTo(Map.of("order.placed", ORDERS, "order.paid", 1, "page.viewed", 1));
        assertThat(ids).hasSize(ORDERS + 2);
        assertThat(keys).contains(pseudonym("0"), pseudonym("2")).doesNotContain(pseudonym("1"));
        assertThat(keys).filteredOn(key -> key.startsWith(pseudonym("1") + "#")).hasSizeBetween(2, 4);
    }

    /** The same transforms on somebody else's sink: raw change events in, activities in the file, salted keys undone. */
    @Test
    @Order(3)
    void aFileSinkTakesActivitiesFromRawChanges() throws IOException, SQLException {
        pipeline.debezium("raw", "shop", Map.of("topic.prefix", "raw", "table.include.list", "public.orders"));
        Path file = directory.resolve("sink.txt");
        Path keys = Files.writeString(directory.resolve("keys.json"), "{\"type\":\"string\",\"optional\":true}");
        Map<String, String> sink = new HashMap<>(Map.of(
                "connector.class", "org.apache.kafka.connect.file.FileStreamSinkConnector",
                "topics", "raw.public.orders",
                "file", file.toString(),
                "transforms", "activity,salt,unsalt,keys,private",
                "transforms.activity.type", "io.towpath.transforms.ToActivity"));
        sink.putAll(rules("transforms.activity."));
        sink.putAll(Map.of(
                "transforms.salt.type", "io.towpath.transforms.SaltKey",
                "transforms.salt.keys", "0,1,2",
                "transforms.unsalt.type", "io.towpath.transforms.UnsaltKey",
                "transforms.keys.type", "io.towpath.transforms.SchemaGate$Key",
                "transforms.keys.contract", keys.toString(),
                "transforms.private.type", "io.towpath.transforms.Pseudonymize",
                "transforms.private.hmac", "key,value.actor.id",
                "transforms.private.keys", "k1",
                "transforms.private.keys.k1.secret", secretFromAFile()));
        pipeline.sql(
                "shop", "insert into orders values (100, 1, 'open', 1, '192.0.2.1'), (101, 2, 'open', 2, '192.0.2.2')");
        pipeline.sql("shop", "update orders set status = 'paid' where id = 100", "delete from orders where id = 101");
        pipeline.read("raw.public.orders", 5);
        pipeline.start("file", sink);

        List<String> lines = activitiesIn(file);
        assertThat(lines).hasSize(3).allMatch(line -> line.contains("actor=Struct{id=k1."));
        assertThat(lines).filteredOn(line -> line.contains("type=order.placed")).hasSize(2);
        assertThat(lines)
                .filteredOn(line -> line.contains("type=order.paid"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains(pseudonym("1"));
    }

    /** KIP-877: every count stands in the worker's own tree, by connector, task and alias, and leaves with the task. */
    @Test
    @Order(4)
    void theWorkerShowsTheCounts() throws IOException, JMException {
        try (WorkerMetrics metrics = WorkerMetrics.of(pipeline.worker())) {
            double activities = ORDERS + 2 + 3; // those of the first connector, and the second test's
            Awaitility.await("the count of activities among " + metrics.plugins())
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () -> metrics.ofTransform("orders", "activity", "activities-total"),
                            OptionalDouble.of(activities)::equals);
            Awaitility.await("the transform behind it, which counts a moment later")
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () -> metrics.ofTransform("orders", "private", "records-total"),
                            OptionalDouble.of(activities)::equals);
            assertThat(metrics.ofTransform("orders", "activity", "dropped-total")
                            .orElseThrow())
                    .isGreaterThan(1);
            assertThat(metrics.ofTransform("orders", "salt", "salted-total").orElseThrow())
                    .isGreaterThan(1);
            assertThat(metrics.ofTransform("orders", "gate", "refused-total")).hasValue(0);
            assertThat(metrics.ofTransform("file", "unsalt", "unsalted-total")).hasValue(3);
            new ConnectRest(pipeline.worker().url()).delete("file");
            Awaitility.await("the sink's counts to leave with it")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> metrics.ofTransform("file", "unsalt", "unsalted-total")
                            .isEmpty());
        }
    }

    /** One jar in plugin.path, without a folder of its own. */
    @Test
    @Order(5)
    void theJarAloneIsAPluginToo() throws IOException, InterruptedException {
        var worker = stack.connect(
                "alone",
                pipeline.cluster(),
                WorkerSettings.of(ALONE.getParent()).withGroup("alone"));
        assertThat(Pipeline.plugins(worker))
                .containsEntry("io.towpath.transforms.ToActivity", Version.THIS)
                .containsEntry("io.towpath.transforms.predicates.HasConsent", Version.THIS);
    }

    /** The old way to install: the jar on the CLASSPATH, beside Kafka's own, and a chain that really runs. */
    @Test
    @Order(6)
    void theJarOnTheClassPathRunsAChain() throws IOException, InterruptedException {
        Path peers = Path.of("target/peers").toAbsolutePath();
        ConnectWorker worker = stack.connect(
                "classpath",
                pipeline.cluster(),
                WorkerSettings.of(peers).withGroup("classpath").withJar(ALONE));
        assertThat(Pipeline.plugins(worker)).containsEntry("io.towpath.transforms.ToActivity", Version.THIS);
        Path file = directory.resolve("classpath.txt");
        Map<String, String> sink = new HashMap<>(Map.of(
                "connector.class", "org.apache.kafka.connect.file.FileStreamSinkConnector",
                "topics", "raw.public.orders",
                "file", file.toString(),
                "transforms", "activity,private",
                "transforms.activity.type", "io.towpath.transforms.ToActivity",
                "transforms.private.type", "io.towpath.transforms.Pseudonymize",
                "transforms.private.hmac", "key,value.actor.id",
                "transforms.private.keys", "k1",
                "transforms.private.keys.k1.secret", secretFromAFile()));
        sink.putAll(rules("transforms.activity."));
        new Pipeline(pipeline.cluster(), worker, pipeline.postgres()).start("classpath-file", sink);
        assertThat(activitiesIn(file)).hasSize(3).allMatch(line -> line.contains("actor=Struct{id=k1."));
    }

    private static List<String> activitiesIn(Path file) {
        return Awaitility.await("activities in the file")
                .atMost(Duration.ofSeconds(90))
                .until(() -> Files.exists(file) ? Files.readAllLines(file) : List.of(), found -> found.size() >= 3);
    }

    private static Map<String, String> rules(String prefix) {
        Map<String, String> rules = new HashMap<>();
        Map.ofEntries(
                        Map.entry("topic", "activity"),
                        Map.entry("rules", "placed,paid,viewed"),
                        Map.entry("rules.placed.table", "public.orders"),
                        Map.entry("rules.placed.type", "order.placed"),
                        Map.entry("rules.placed.actor.id", "${customer_id}"),
                        Map.entry("rules.placed.data", "id,total"),
                        Map.entry("rules.placed.context", "ip"),
                        Map.entry("rules.paid.table", "public.orders"),
                        Map.entry("rules.paid.on", "update"),
                        Map.entry("rules.paid.columns", "status"),
                        Map.entry("rules.paid.when", "status = 'paid'"),
                        Map.entry("rules.paid.type", "order.paid"),
                        Map.entry("rules.paid.actor.id", "${customer_id}"),
                        Map.entry("rules.viewed.message.prefix", "page-view"),
                        Map.entry("rules.viewed.type", "page.viewed"),
                        Map.entry("rules.viewed.actor.id", "${user.id}"))
                .forEach((key, value) -> rules.put(prefix + key, value));
        return rules;
    }

    private static String secretFromAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("secrets.properties"), "k1=" + SECRET + "\n");
        return "${file:" + file + ":k1}";
    }

    private static String pseudonym(String text) {
        return new Pseudonyms(List.of(new Pseudonyms.Key("k1", new Password(SECRET), null))).of(text, null);
    }
}
