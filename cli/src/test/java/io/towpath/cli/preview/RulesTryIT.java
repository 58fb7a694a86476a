package io.towpath.cli.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.cli.Main;
import io.towpath.local.DatabaseServer;
import io.towpath.local.MySqlServer;
import io.towpath.local.Part;
import io.towpath.local.PostgresServer;
import io.towpath.local.Stack;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code towpath rules try} on real databases; there is no Kafka here. */
class RulesTryIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String SLOTS = "select slot_name || ' ' || confirmed_flush_lsn from pg_replication_slots"
            + " where database = current_database()";

    private static Stack stack;
    private static PostgresServer postgres;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws IOException {
        stack = Stack.embedded(Files.createTempDirectory(Path.of("target"), "stack"));
        postgres = stack.postgres("pg");
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void theNextChangesAreShownAsTheyWouldLeaveAndTheServerKeepsNothing() throws Exception {
        try (Connection db = shop("fresh", postgres)) {
            Map<String, String> config = config("fresh", postgres);
            config.put("context.message.prefix", "ctx");
            config.put("pseudonyms.fields", "actor.id");
            config.put("pseudonyms.keys", "k1");
            config.put("pseudonyms.keys.k1.secret", "${file:" + directory.resolve("secrets") + ":key}");
            CompletableFuture<Integer> command = begin(config, "--last", "6");
            awaitReading(db, command);
            run(
                    db,
                    "insert into other values (1)",
                    "begin; select pg_logical_emit_message(true, 'ctx', '{\"request\":\"r-1\"}');"
                            + " insert into orders values (1, 7, 'new', 'hidden'), (2, 7, 'new', 'hidden'); commit",
                    "update orders set status = 'paid' where id = 1",
                    "update orders set note = 'x' where id = 1",
                    "select pg_logical_emit_message(false, 'view', '{\"user\":\"7\",\"page\":\"home\"}')");

            assertThat(command.get()).as(said()).isZero();
            assertThat(lines())
                    .anyMatch(line -> line.matches("fresh: insert public.orders at \\d+  order.placed  actor k1\\.\\S+"
                            + "  order 1  data \\{\"status\":\"new\"}  context \\{\"request\":\"r-1\"}  id \\S+"))
                    .anyMatch(line -> line.matches("fresh: update public.orders at \\d+  order.paid .*"))
                    .anyMatch(line -> line.matches("fresh: update public.orders at \\d+  nothing"))
                    .anyMatch(line -> line.matches("fresh: message view at \\d+  page.viewed .*"))
                    .last()
                    .isEqualTo("4 activities; 2 changes became nothing, 0 cannot be read");
            assertThat(said()).doesNotContain("hidden", "s3cret", "actor 7");
            assertThat(text(db, SLOTS)).isEmpty();
            assertThat(text(db, "select pubname from pg_publication")).isEmpty();
        }
    }

    @Test
    void whatWaitsInTheConnectorsSlotIsShownAndTheSlotStandsWhereItStood() throws Exception {
        try (Connection db = shop("waiting", postgres)) {
            run(
                    db,
                    "create publication towpath_acts_waiting for table orders",
                    "select pg_create_logical_replication_slot('towpath_acts_waiting', 'pgoutput')",
                    "insert into orders values (1, 7, 'new', '')");
            List<String> before = text(db, SLOTS);

            assertThat(begin(config("waiting", postgres), "--last", "1").get())
                    .as(said())
                    .isZero();
            assertThat(lines()).anyMatch(line -> line.contains("order.placed  actor 7  order 1"));
            assertThat(text(db, SLOTS)).isEqualTo(before).hasSize(1);
            assertThat(text(db, "select pubname from pg_publication")).containsExactly("towpath_acts_waiting");
        }
    }

    @Test
    void aChangeThatNoRuleCanReadIsShownWithItsReasonAndTheNextOnesToo() throws Exception {
        try (Connection db = shop("bad", postgres)) {
            CompletableFuture<Integer> command = begin(config("bad", postgres), "--last", "2");
            awaitReading(db, command);
            run(
                    db,
                    "select pg_logical_emit_message(true, 'view', 'hidden')",
                    "insert into orders values (1, 7, 'new', '')");

            assertThat(command.get()).as(said()).isEqualTo(2);
            assertThat(lines())
                    .anyMatch(line -> line.contains("message view") && line.contains("not a JSON object"))
                    .anyMatch(line -> line.contains("order.placed"));
            assertThat(said()).doesNotContain("hidden");
        }
    }

    @Test
    void aBinlogIsReadBesideTheConnectorToo() throws Exception {
        assertABinlogIsReadFromNowOn("mshop", "mariadb", stack.mariadb("maria"));
    }

    @Test
    void ofAMySqlTheNextChangesAreShown() throws Exception {
        Assumptions.assumeTrue(
                Part.isHereOrTold(MySqlServer.installed(), "no MySQL on the PATH; no rules are tried on it"));
        assertABinlogIsReadFromNowOn("myshop", "mysql", stack.mysql("mysql"));
    }

    private void assertABinlogIsReadFromNowOn(String name, String product, DatabaseServer server) throws Exception {
        try (Connection db = shop(name, server)) {
            run(db, "insert into other values (1)");
            Map<String, String> config = config(name, server);
            config.put("databases." + name + ".connector", product);
            config.put("kafka.bootstrap.servers", "nobody.invalid:9092");
            config.replaceAll((key, value) -> value.replace("public.orders", name + ".orders"));
            config.keySet().removeIf(key -> key.startsWith("rules.viewed"));
            config.put("rules", "placed,paid");
            CompletableFuture<Integer> command = begin(config, "--last", "2", "--for", "90");
            int id = 1;
            while (!command.isDone()) { // it reads from now on, and a binlog does not tell who reads it
                run(db, "insert into orders values (" + id++ + ", 7, 'new', '')");
                await().pollDelay(Duration.ofMillis(200)).until(() -> true);
            }

            assertThat(command.get()).as(said()).isZero();
            assertThat(lines())
                    .anyMatch(line -> line.contains("insert " + name + ".orders") && line.contains("actor 7"));
        }
    }

    @Test
    void everyMistakeOfTheConfigIsNamedWithItsKeyAndNothingIsRead() throws Exception {
        try (Connection db = shop("wrong", postgres)) {
            Map<String, String> config = config("wrong", postgres);
            config.put("rules.placed.data", "nosuch");
            config.put("databases.wrong.password", "${vault:db:key}");
            assertThat(begin(config).get()).isEqualTo(1);
            assertThat(err.toString()).contains("databases.wrong.password", "'vault'");
            config.put("databases.wrong.password", postgres.password());
            assertThat(begin(config).get()).isEqualTo(1);
            assertThat(err.toString()).contains("rules.placed.data: ", "nosuch");
            assertThat(text(db, SLOTS)).isEmpty();
        }
    }

    private CompletableFuture<Integer> begin(Map<String, String> config, String... more) throws IOException {
        Files.writeString(
                directory.resolve("secrets"), "password=" + postgres.password() + "\nkey=s3cret-s3cret-s3cret\n");
        Path file = directory.resolve("connector.json");
        Files.writeString(file, new ObjectMapper().writeValueAsString(Map.of("name", "acts", "config", config)));
        List<String> arguments = new ArrayList<>(List.of("rules", "try", "-f", file.toString()));
        arguments.addAll(List.of(more));
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return CompletableFuture.supplyAsync(() -> line.execute(arguments.toArray(String[]::new)));
    }

    private Map<String, String> config(String name, DatabaseServer server) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("connector.class", "io.towpath.capture.ActivityCaptureConnector");
        config.put("transaction.boundary", "connector");
        config.put("databases", name);
        config.put("databases." + name + ".hostname", server.host());
        config.put("databases." + name + ".port", Integer.toString(server.port()));
        config.put("databases." + name + ".user", server.user());
        config.put(
                "databases." + name + ".password",
                server == postgres ? "${file:" + directory.resolve("secrets") + ":password}" : server.password());
        config.put("rules", "placed,paid,viewed");
        for (String rule : List.of("placed", "paid")) {
            config.put("rules." + rule + ".table", "public.orders");
            config.put("rules." + rule + ".type", "order." + rule);
            config.put("rules." + rule + ".actor.id", "${customer}");
            config.put("rules." + rule + ".object.type", "order");
            config.put("rules." + rule + ".object.id", "${id}");
        }
        config.put("rules.placed.on", "insert");
        config.put("rules.placed.data", "status");
        config.put("rules.paid.on", "update");
        config.put("rules.paid.columns", "status");
        config.put("rules.viewed.message.prefix", "view");
        config.put("rules.viewed.type", "page.viewed");
        config.put("rules.viewed.actor.id", "${user}");
        return config;
    }

    private static Connection shop(String name, DatabaseServer server) throws SQLException {
        server.createDatabase(name);
        Connection db = DriverManager.getConnection(server.jdbcUrl(name), server.user(), server.password());
        run(
                db,
                "create table orders (id int primary key, customer int, status varchar(20), note text)",
                "create table other (id int primary key)");
        if (server == postgres) {
            run(db, "alter table orders replica identity full");
        }
        return db;
    }

    private void awaitReading(Connection db, CompletableFuture<Integer> command) {
        await().atMost(LIMIT).until(() -> command.isDone() || active(db));
        assertThat(command).as(this::said).isNotDone();
    }

    private static boolean active(Connection db) throws SQLException {
        return !text(db, "select slot_name from pg_replication_slots where active and database = current_database()")
                .isEmpty();
    }

    private static void run(Connection db, String... statements) throws SQLException {
        try (Statement statement = db.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> text(Connection db, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = db.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    private String said() {
        return out + "\n" + err;
    }
}
