package io.towpath.capture;

import io.towpath.local.ConnectWorker;
import io.towpath.local.DatabaseServer;
import io.towpath.local.KafkaCluster;
import io.towpath.local.MariaDbServer;
import io.towpath.local.MySqlServer;
import io.towpath.local.Plugins;
import io.towpath.local.PostgresServer;
import io.towpath.local.Server;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.connect.ConnectRest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One broker, one worker with the packaged plugin, one PostgreSQL; started once for all tests of the JVM. */
final class CaptureStack implements BeforeAllCallback {

    private static final String KEY = "capture-stack";
    private static Servers servers;

    @Override
    public void beforeAll(ExtensionContext context) {
        servers = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(KEY, key -> Servers.start(), Servers.class);
    }

    static KafkaCluster kafka() {
        return servers.kafka;
    }

    static ConnectWorker worker() {
        return servers.worker;
    }

    static PostgresServer postgres() {
        return servers.postgres;
    }

    /** A worker without exactly-once support for sources, where a plain producer writes; started when first asked for. */
    static ConnectWorker plainWorker() {
        return started(
                "plain",
                ConnectWorker.class,
                () -> servers.stack.connect(
                        "plain",
                        kafka(),
                        WorkerSettings.of(Plugins.capture())
                                .withGroup("plain")
                                .with("exactly.once.source.support", "disabled")));
    }

    /** Another server, started when it is first asked for. */
    static PostgresServer secondPostgres() {
        return started("pg2", PostgresServer.class, () -> servers.stack.postgres("pg2"));
    }

    /** A server whose settings a test may change. */
    static PostgresServer otherPostgres() {
        return started("pg3", PostgresServer.class, () -> servers.stack.postgres("pg3"));
    }

    /** A MariaDB server, started when it is first asked for. */
    static MariaDbServer mariaDb() {
        return started("maria", MariaDbServer.class, () -> servers.stack.mariadb("maria"));
    }

    private static synchronized <T extends Server> T started(String name, Class<T> type, Supplier<T> start) {
        return servers.stack.servers().stream()
                .filter(server -> server.name().equals(name))
                .map(type::cast)
                .findFirst()
                .orElseGet(start);
    }

    /** An empty database on {@link #mariaDb()} and a connection to it. */
    static Connection newMariaDatabase(String name) throws SQLException {
        mariaDb().createDatabase(name);
        return DriverManager.getConnection(
                mariaDb().jdbcUrl(name), mariaDb().user(), mariaDb().password());
    }

    /** A MySQL server, started when it is first asked for; where the machine has none, a test must not ask. */
    static MySqlServer mySql() {
        return started("mysql", MySqlServer.class, () -> servers.stack.mysql("mysql"));
    }

    /** A worker whose plugin has MySQL's driver beside its own jars, where the docs say. */
    static ConnectWorker workerWithMySqlsDriver() {
        return started("driver", ConnectWorker.class, () -> {
            Path plugins = PluginWithDriver.in(servers.worker.log().resolveSibling("plugin-with-driver"));
            return servers.stack.connect(
                    "driver", kafka(), WorkerSettings.of(plugins).withGroup("driver"));
        });
    }

    /** What the config's key {@code connector} calls the server. */
    static String product(DatabaseServer server) {
        if (server instanceof PostgresServer) {
            return "postgresql";
        }
        return server instanceof MariaDbServer ? "mariadb" : "mysql";
    }

    /** Rules for the table {@code NAME.orders} of a database with a binlog, so without page views. */
    static Map<String, String> ruledOn(DatabaseServer server, String name) {
        Map<String, String> config = ActivityCaptureIT.ruled(name);
        config.put("rules", "placed,status,removed");
        config.keySet().removeIf(key -> key.startsWith("rules.viewed."));
        for (String rule : new String[] {"placed", "status", "removed"}) {
            config.put("rules." + rule + ".table", name + ".orders");
        }
        config.put("kafka.bootstrap.servers", kafka().bootstrapServers());
        config.put("databases." + name + ".connector", product(server));
        config.put("databases." + name + ".hostname", server.host());
        config.put("databases." + name + ".port", Integer.toString(server.port()));
        config.put("databases." + name + ".user", server.user());
        config.put("databases." + name + ".password", server.password());
        return config;
    }

    /** What the worker's metrics say of a database; -1 while they say nothing. */
    static long gauge(String database, String name) throws Exception {
        return WorkerJmx.gauge(worker().pid(), database, name).orElse(-1);
    }

    static ConnectRest rest() {
        return rest(worker());
    }

    static ConnectRest rest(ConnectWorker worker) {
        return new ConnectRest(worker.url());
    }

    /** As a crash does it. */
    static void kill(ConnectWorker worker) {
        worker.kill();
        worker.start();
        worker.awaitReady();
    }

    /** An empty database and a connection to it. */
    static Connection newDatabase(String name) throws SQLException {
        postgres().createDatabase(name);
        return DriverManager.getConnection(
                postgres().jdbcUrl(name), postgres().user(), postgres().password());
    }

    /** A config without rules for the database {@code name}, which is its own topic's prefix too. */
    static Map<String, String> config(String name) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("name", name);
        config.put("connector.class", ActivityCaptureConnector.class.getName());
        config.put("tasks.max", "1");
        config.put("exactly.once.support", "required");
        config.put("transaction.boundary", "connector");
        config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        config.put("value.converter.schemas.enable", "false");
        config.put("topic", name + "-activity");
        config.put("progress.interval.ms", "500");
        // a killed worker's open transaction holds the next one up for so long
        config.put("producer.override.transaction.timeout.ms", "10000");
        config.put("topic.creation.default.partitions", "1");
        config.put("topic.creation.default.replication.factor", "1");
        config.put("topic.creation.groups", "progress");
        config.put("topic.creation.progress.include", "towpath-.*-progress");
        config.put("topic.creation.progress.cleanup.policy", "compact");
        config.put("databases", name);
        config.put("databases." + name + ".connector", "postgresql");
        config.put("databases." + name + ".hostname", postgres().host());
        config.put("databases." + name + ".port", Integer.toString(postgres().port()));
        config.put("databases." + name + ".user", postgres().user());
        config.put("databases." + name + ".password", postgres().password());
        return config;
    }

    static String text(Connection connection, String query) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private record Servers(Stack stack, KafkaCluster kafka, ConnectWorker worker, PostgresServer postgres)
            implements AutoCloseable {

        static Servers start() {
            try {
                Stack stack = Stack.embedded(Files.createTempDirectory(Path.of("target"), "stack"));
                KafkaCluster kafka = stack.kafka("dc1", 1);
                PostgresServer postgres = stack.postgres("pg");
                ConnectWorker worker = stack.connect("worker", kafka, WorkerSettings.of(Plugins.capture()));
                return new Servers(stack, kafka, worker, postgres);
            } catch (IOException e) {
                throw new IllegalStateException("no folder for the servers' data", e);
            }
        }

        @Override
        public void close() {
            stack.close();
        }
    }
}
