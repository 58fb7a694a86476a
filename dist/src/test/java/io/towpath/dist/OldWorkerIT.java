package io.towpath.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.PostgresServer;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.connect.ConnectRest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Connect worker of Kafka 3.9, which has no plugin metrics (KIP-877), with the archives of this build. */
class OldWorkerIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    @Test
    void capturesAndStoresAsANewOneDoes() throws Exception {
        Path plugins = Files.createDirectories(directory.resolve("plugins"));
        for (String name : Archives.PLUGINS) {
            Archives.unpack(Archives.plugin(name), plugins);
        }
        try (Stack stack = Stack.embedded(directory.resolve("stack"))) {
            KafkaCluster kafka = stack.kafka("dc1", 1);
            PostgresServer postgres = stack.postgres("pg");
            ConnectWorker worker =
                    stack.connect("old", kafka, WorkerSettings.of(plugins).ofKafka39());
            postgres.createDatabase("shop");
            postgres.createDatabase("warehouse");
            run(postgres, "shop", "CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint, total int)");
            ConnectRest rest = new ConnectRest(worker.url());
            rest.put("activity", capture(postgres));
            rest.put("warehouse", sink(postgres));
            rest.awaitRunning("activity", LIMIT);
            await().atMost(LIMIT)
                    .until(() ->
                            number(postgres, "shop", "SELECT count(*) FROM pg_replication_slots WHERE active") == 1);
            run(postgres, "shop", "INSERT INTO orders SELECT n, 7, n FROM generate_series(1, 100) n");
            await().atMost(LIMIT)
                    .ignoreExceptionsInstanceOf(IllegalStateException.class) // no table before the first record
                    .until(() -> number(postgres, "warehouse", "SELECT count(*) FROM stored") >= 100);
            assertThat(number(postgres, "warehouse", "SELECT count(DISTINCT id) FROM stored"))
                    .isEqualTo(100);
            assertThat(number(postgres, "warehouse", "SELECT count(*) FROM stored"))
                    .isEqualTo(100);
        }
    }

    private static Map<String, String> capture(PostgresServer postgres) {
        Map<String, String> config = new HashMap<>(Map.of(
                "connector.class", "io.towpath.capture.ActivityCaptureConnector",
                "exactly.once.support", "required",
                "transaction.boundary", "connector",
                "producer.override.transaction.timeout.ms", "10000",
                "topic", "activity",
                "topic.creation.default.partitions", "1",
                "topic.creation.default.replication.factor", "1",
                "databases", "shop"));
        config.put("databases.shop.hostname", postgres.host());
        config.put("databases.shop.port", Integer.toString(postgres.port()));
        config.put("databases.shop.user", postgres.user());
        config.put("databases.shop.password", postgres.password());
        config.put("rules", "placed");
        config.put("rules.placed.table", "public.orders");
        config.put("rules.placed.on", "insert");
        config.put("rules.placed.type", "order.placed");
        config.put("rules.placed.actor.id", "${customer}");
        return config;
    }

    /** With our converter, and a predicate of ours before it, from the transforms' archive. */
    private static Map<String, String> sink(PostgresServer postgres) {
        Map<String, String> config = new HashMap<>(Map.of(
                "connector.class", "io.towpath.jdbc.ExactlyOnceJdbcSinkConnector",
                "topics", "activity",
                "connection.url", postgres.jdbcUrl("warehouse"),
                "connection.username", postgres.user(),
                "connection.password", postgres.password(),
                "collection.name.format", "stored",
                "insert.mode", "append",
                "schema.evolution", "evolve",
                "consumer.override.isolation.level", "read_committed"));
        config.put("value.converter", "io.towpath.jdbc.json.SchemaOnceJsonConverter");
        config.put("predicates", "ours");
        config.put("predicates.ours.type", "io.towpath.transforms.predicates.IsActivity");
        config.put("transforms", "drop");
        config.put("transforms.drop.type", "org.apache.kafka.connect.transforms.Filter");
        config.put("transforms.drop.predicate", "ours");
        config.put("transforms.drop.negate", "true");
        return config;
    }

    private static void run(PostgresServer postgres, String database, String sql) throws SQLException {
        try (Connection connection = connect(postgres, database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(PostgresServer postgres, String database, String query) {
        try (Connection connection = connect(postgres, database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    private static Connection connect(PostgresServer postgres, String database) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(database), postgres.user(), postgres.password());
    }
}
