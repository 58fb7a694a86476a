package io.towpath.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Plugins;
import io.towpath.local.PostgresServer;
import io.towpath.local.Stack;
import io.towpath.local.TrialSize;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.cli.Towpath;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged plugin between what others ship: a stock Debezium connector before it, Connect's dead-letter queue behind. */
@Tag("trial-jdbc-sink")
class WholeWayIT {
    private static final long LAST = 1_000_000_000;
    private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";

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
        Path peers = Path.of("target/peers").toAbsolutePath();
        worker = stack.connect("worker", cluster, WorkerSettings.of(Plugins.jdbc(), peers));
    }

    @AfterAll
    static void close() {
        stack.close();
    }

    @Test
    void aBusyTableAndItsCopyAreEqualRowByRow() throws Exception {
        TrialSize size = TrialSize.current();
        long seed = size.seed(42);
        Database source = Database.create(server, "shop");
        Database target = Database.create(server, "copy");
        List<BusyTable> tables = List.of(new BusyTable("parts", false, seed), new BusyTable("wholes", true, seed + 1));
        try (Connection connection = source.connect()) {
            for (BusyTable table : tables) {
                table.create(connection);
            }
            work(connection, tables, 50);
            debezium(source);
            sink(target);
            work(connection, tables, size.rounds(500, 20_000));
            for (BusyTable table : tables) {
                source.run("INSERT INTO " + table.name() + " (id, name) VALUES (" + LAST + ", 'last')");
            }
        }
        for (BusyTable table : tables) {
            awaitRows(target, "SELECT name FROM " + table.name() + " WHERE id = " + LAST, 1);
        }
        awaitAllWritten(target, List.of("shop.public.parts", "shop.public.wholes"));
        for (BusyTable table : tables) {
            String all = "SELECT " + BusyTable.COLUMNS + " FROM " + table.name() + " ORDER BY id";
            List<String> rows = source.rows(all);
            assertThat(rows).as("rows of " + table.name() + ", seed " + seed).hasSizeGreaterThan(20);
            assertThat(target.rows(all)).as(table.name() + ", seed " + seed).containsExactlyElementsOf(rows);
            TrialSize.figure("rows equal in " + table.name(), rows.size());
        }
    }

    private static void work(Connection connection, List<BusyTable> tables, int transactions) throws Exception {
        for (int i = 0; i < transactions; i++) {
            for (BusyTable table : tables) {
                table.transaction(connection);
            }
        }
        connection.setAutoCommit(true);
    }

    private static void debezium(Database source) {
        Map<String, String> config = new HashMap<>(Map.of(
                "connector.class",
                "io.debezium.connector.postgresql.PostgresConnector",
                "plugin.name",
                "pgoutput",
                "database.hostname",
                server.host(),
                "database.port",
                Integer.toString(server.port()),
                "database.user",
                server.user(),
                "database.password",
                server.password(),
                "database.dbname",
                source.name(),
                "topic.prefix",
                "shop",
                "publication.autocreate.mode",
                "filtered",
                "table.include.list",
                "public.parts,public.wholes"));
        config.put("topic.creation.default.partitions", "2");
        config.put("topic.creation.default.replication.factor", "1");
        start("shop-source", 1, json(config));
    }

    private static void sink(Database target) {
        Map<String, String> config = target.config(
                "name", "copy",
                "topics", "shop.public.parts,shop.public.wholes",
                "tasks.max", "2",
                "collection.name.format", "${source.table}",
                "insert.mode", "upsert",
                "primary.key.mode", "record_key",
                "delete.enabled", "true",
                "version.from", "position",
                "schema.evolution", "evolve",
                "consumer.override.metadata.max.age.ms", "2000",
                "consumer.override.auto.offset.reset", "earliest");
        start("copy", 2, json(config));
    }

    private static Map<String, String> json(Map<String, String> config) {
        config.put("key.converter", JSON);
        config.put("value.converter", JSON);
        return config;
    }

    private static void start(String name, int tasks, Map<String, String> config) {
        Rest rest = new Rest(worker.url());
        rest.call("PUT", "/connectors/" + name + "/config", config);
        rest.awaitTasks(name, tasks, "RUNNING");
    }

    /** After the last row of each table has come through: until the offsets table stands behind every log's last record. */
    private static void awaitAllWritten(Database target, List<String> topics) {
        List<String> ends = new ArrayList<>();
        Map<String, Object> client = Map.of("bootstrap.servers", cluster.bootstrapServers());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (String topic : topics) {
                for (PartitionInfo info : consumer.partitionsFor(topic)) {
                    ends.add(topic + "|" + info.partition() + "|"
                            + (last(consumer, new TopicPartition(topic, info.partition())) + 1));
                }
            }
        }
        Awaitility.await("every record is written")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(
                        () -> assertThat(target.rows("SELECT topic, partition, next_offset FROM towpath_sink_offsets"))
                                .containsExactlyInAnyOrderElementsOf(ends));
    }

    /** Offset of the last record; markers of transactions stand behind it. */
    private static long last(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        long[] last = {-1};
        for (long back = 100; last[0] < 0 && back < 2 * end; back *= 2) {
            consumer.seek(partition, Math.max(0, end - back));
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> last[0] = record.offset());
            }
        }
        return last[0];
    }

    @Test
    void aParkedKeySurvivesAKillAndComesBackInOrder() throws Exception {
        Database database = Database.create(server, "bills");
        database.run("CREATE TABLE bills (id bigint, name varchar(5), arrived serial)");
        Map<String, String> config = database.config(
                "name", "bills",
                "topics", "bills,bills-again",
                "on.poison.key", "park",
                "redrive.topic", "bills-again",
                "errors.tolerance", "all",
                "errors.deadletterqueue.topic.name", "bills-dead",
                "errors.deadletterqueue.topic.replication.factor", "1",
                "errors.deadletterqueue.context.headers.enable", "true",
                "consumer.override.metadata.max.age.ms", "2000",
                "consumer.override.session.timeout.ms", "6000",
                "consumer.override.auto.offset.reset", "earliest");
        config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        try (Bills bills = new Bills(cluster)) {
            start("bills", 1, config);
            assertWarnedOfWhatPassesTheParking("bills");
            bills.write(1, "ok", "far too long", "later");
            bills.write(2, "ok", "too long as well", "also");
            bills.write(3, "ok");
            awaitRows(database, "SELECT * FROM bills", 3);
            awaitRows(database, "SELECT * FROM towpath_sink_parked", 4);
            worker.kill();
            worker.start();
            worker.awaitReady();
            bills.write(1, "third");
            awaitRows(database, "SELECT * FROM towpath_sink_parked", 5);

            database.run("ALTER TABLE bills ALTER COLUMN name TYPE varchar(50)");
            assertThat(redrive("--skip", "bills-0@4")).isZero();
            awaitRows(database, "SELECT * FROM towpath_sink_parked", 0);
            bills.write(1, "last");
            awaitRows(database, "SELECT * FROM bills WHERE name = 'last'", 1);
            assertThat(redrive("--from-beginning")).isZero();
            awaitRows(
                    database, "SELECT * FROM towpath_sink_offsets WHERE topic = 'bills-again' AND next_offset = 10", 1);
        }
        assertThat(database.rows("SELECT id, name FROM bills ORDER BY id, arrived"))
                .containsExactly("1|ok", "1|far too long", "1|later", "1|third", "1|last", "2|ok", "2|also", "3|ok");
    }

    /** What a converter refuses never reaches the sink, and the answer to a configuration has no place for a warning. */
    private static void assertWarnedOfWhatPassesTheParking(String connector) {
        assertThat(worker.log())
                .content()
                .contains("WARN")
                .contains("Connector " + connector + ": with errors.tolerance=all a record that a converter or a"
                        + " transform refuses goes to the dead-letter queue without passing the sink: its key is not"
                        + " parked, and later records of it are written");
    }

    private static int redrive(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "redrive",
                "bills",
                "--url",
                worker.url().toString(),
                "--bootstrap-server",
                cluster.bootstrapServers()));
        args.addAll(List.of(more));
        return Towpath.commandLine().execute(args.toArray(String[]::new));
    }

    private static void awaitRows(Database database, String sql, int rows) {
        Awaitility.await(rows + " rows of " + sql)
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .until(() -> database.rows(sql).size() == rows);
    }
}
