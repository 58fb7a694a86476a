package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.towpath.capture.ActivityTopic.Seen;
import io.towpath.local.ConnectWorker;
import io.towpath.local.DatabaseServer;
import io.towpath.migration.connect.ConfigProblem;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.SourceOffset;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A database with a binlog, by the same stages as PostgreSQL: the same on each product. */
@ExtendWith(CaptureStack.class)
abstract class BinlogScenarios {

    static final Duration LIMIT = Duration.ofSeconds(90);
    static final String ORDERS =
            "create table orders (id int primary key, customer int, status varchar(20), note text)";
    static final String CONSENT =
            "create table consent (actor varchar(20), category varchar(20), allowed boolean, changed_at timestamp,"
                    + " primary key (actor, category))";

    /** What tells this product's databases and connectors from those of the other. */
    abstract String name(String scenario);

    abstract DatabaseServer server();

    abstract ConnectWorker worker();

    abstract String rightToAsk();

    /** The variable that says where the log ends. */
    abstract String place();

    /** Asks for a row that begins with the last file. */
    abstract String status();

    abstract String beginAnew();

    /** Another transaction of the log that ends with {@code place}. */
    abstract String transaction(String place, long number);

    /** Keeps what Connect has stored of a connector, for the builds to come. */
    void keep(String connector) throws IOException {}

    /** Has the server purge what it still might send. */
    abstract void allowPurge(Connection db) throws SQLException;

    @Test
    void rowsBecomeActivitiesOnceAcrossRestartsAndATableThatChanges() throws Exception {
        String named = name("shop");
        try (Connection db = newDatabase(named);
                ActivityTopic topic = new ActivityTopic(named + "-activity")) {
            CaptureStack.run(
                    db,
                    ORDERS,
                    "create table said (actor varchar(20), request varchar(20), token varchar(20))",
                    "create table beat (id int primary key, beaten_at timestamp)",
                    "insert into orders values (-1, 1, 'old', '')");
            CaptureStack.run(
                    db,
                    "create user least identified by 'least'",
                    "grant replication slave, " + rightToAsk() + " on *.* to least",
                    "grant select on " + named + ".* to least",
                    "grant insert, update on " + named + ".beat to least");
            Map<String, String> config = ruled(named);
            config.put("databases." + named + ".user", "least");
            config.put("databases." + named + ".password", "least");
            config.put("databases." + named + ".context.table", named + ".said");
            config.put("databases." + named + ".heartbeat.table", named + ".beat");
            config.put("heartbeat.interval.ms", "500");
            assertThat(rest().validate(config)).isEmpty();
            rest().put(named, config);
            rest().awaitRunning(named, LIMIT);
            await().atMost(LIMIT).until(() -> !rest().offsets(named).isEmpty());

            String begun = gtids(named);
            await().atMost(LIMIT)
                    .until(() -> !begun.equals(gtids(named))); // the database is idle but for the heartbeat

            db.setAutoCommit(false);
            CaptureStack.run(
                    db,
                    "insert into said values ('eve', 'r-1', 'hidden')",
                    "delete from said",
                    "insert into orders values (1, null, 'new', 'secret'), (2, 8, 'new', 'secret')",
                    "update orders set status = 'paid' where id = 2",
                    "update orders set note = 'other' where id = 2",
                    "delete from orders where id = 2");
            db.commit();
            db.setAutoCommit(true);
            await().atMost(LIMIT).until(() -> topic.read().size() >= 4);
            restart(named);
            CaptureStack.run(db, "insert into orders values (3, 9, 'new', '')");
            await().atMost(LIMIT).until(() -> topic.read().size() >= 5);
            rest().stop(named);
            rest().awaitStopped(named, LIMIT);
            CaptureStack.run(
                    db,
                    "insert into orders values (4, 9, 'new', '')",
                    "alter table orders add column extra int first, drop column note",
                    "insert into orders (id, customer, status) values (5, 9, 'new')");
            rest().resume(named);

            await().atMost(LIMIT).until(() -> topic.read().size() >= 7);
            restart(named);
            List<Seen> seen = topic.read();
            assertThat(seen)
                    .extracting(Seen::type, Seen::key, Seen::object)
                    .containsExactly(
                            tuple("order.placed", "eve", "1"),
                            tuple("order.placed", "8", "2"),
                            tuple("order.status", "8", "2"),
                            tuple("order.removed", "8", "2"),
                            tuple("order.placed", "9", "3"),
                            tuple("order.placed", "9", "4"),
                            tuple("order.placed", "9", "5"));
            assertThat(seen).extracting(Seen::id).doesNotHaveDuplicates();
            assertThat(seen.toString()).contains("r-1").doesNotContain("secret", "hidden");
            keep(named);
        } finally {
            rest().delete(named);
        }
    }

    @Test
    void aServerThatWasKilledIsReadOnWhereReadingStopped() throws Exception {
        String named = name("down");
        ShopDatabase shop = ShopDatabase.create(named, server());
        try (ActivityTopic topic = new ActivityTopic(named + "-activity")) {
            Map<String, String> config = ruled(named);
            rest().put(named, config);
            await().atMost(LIMIT).until(() -> !rest().offsets(named).isEmpty());
            try (Connection db = shop.connect()) {
                CaptureStack.run(db, "insert into orders values (1, 1, 'new', '')");
                await().atMost(LIMIT).until(() -> topic.read().size() == 1);
            }
            shop.server().kill();
            shop.server().start();
            shop.server().awaitReady();
            try (Connection db = shop.connect()) {
                CaptureStack.run(db, "insert into orders values (2, 1, 'new', '')");
            }

            await().atMost(LIMIT).until(() -> topic.read().size() == 2);
            assertThat(topic.read()).extracting(Seen::object).containsExactly("1", "2");
            rest().awaitRunning(named, LIMIT);
        } finally {
            rest().delete(named);
        }
    }

    @Test
    void anOffsetAsTheDocsWriteItIsTakenAndOneThatTheBinlogDoesNotHaveIsRefusedInWords() throws Exception {
        String named = name("moved");
        try (Connection db = newDatabase(named);
                ActivityTopic topic = new ActivityTopic(named + "-activity")) {
            CaptureStack.run(db, ORDERS);
            rest().put(named, ruled(named));
            await().atMost(LIMIT).until(() -> !rest().offsets(named).isEmpty());
            // once a row has come, the tables' definitions have been read: an offset without "fresh" needs them
            CaptureStack.run(db, "insert into orders values (100, 1, 'new', '')");
            await().atMost(LIMIT).until(() -> topic.read().size() == 1);
            rest().stop(named);
            rest().awaitStopped(named, LIMIT);
            SourceOffset stored = rest().offsets(named).get(0);
            String end = CaptureStack.text(db, "select " + place());
            Map<String, Object> offset = new HashMap<>(stored.offset());

            CaptureStack.run(db, "insert into orders values (0, 1, 'new', '')");
            rest().alterOffsets(named, List.of(new SourceOffset(stored.partition(), Map.of("gtids", end))));
            rest().resume(named);
            await().atMost(LIMIT).until(() -> topic.read().size() == 2);
            rest().stop(named);
            rest().awaitStopped(named, LIMIT);
            String absent = transaction(end, 99_999_999);
            offset.put("gtids", absent);
            assertThatThrownBy(() -> rest().alterOffsets(named, List.of(new SourceOffset(stored.partition(), offset))))
                    .hasMessageContaining("has no transaction " + absent);
            CaptureStack.run(db, "insert into orders values (1, 1, 'new', '')", "flush binary logs");
            allowPurge(db);
            String last = CaptureStack.text(db, status());
            await().atMost(LIMIT)
                    .until(
                            () -> { // a file that a dump thread has not yet left is not purged
                                CaptureStack.run(db, "purge binary logs to '" + last + "'");
                                return last.equals(CaptureStack.text(db, "show binary logs"));
                            });
            offset.put("gtids", transaction(end, 1));
            assertThatThrownBy(() -> rest().alterOffsets(named, List.of(new SourceOffset(stored.partition(), offset))))
                    .hasMessageContaining("has purged its binlog up to");
        } finally {
            rest().delete(named);
        }
    }

    @Test
    void whatStandsInTheWayOfABinlogIsOnTheKeyToChange() throws Exception {
        String named = name("check");
        String keys = "databases." + named + ".";
        try (Connection db = newDatabase(named)) {
            CaptureStack.run(
                    db, ORDERS, "create user weak identified by 'weak'", "grant select on " + named + ".* to weak");
            Map<String, String> config = ruled(named);
            assertThat(rest().validate(config)).isEmpty();

            assertProblem(config, "rules.placed.actor.id", "${nobody}", "rules.placed.actor.id", "no column nobody");
            assertProblem(config, keys + "password", "x", keys + "password", "denied");
            assertProblem(config, keys + "dbname", "absent", keys + "dbname", "absent");
            assertProblem(config, keys + "server.id", "1", keys + "server.id", "server_id = 1");
            assertProblem(config, keys + "heartbeat.table", named + ".no", keys + "heartbeat.table", "no");
            assertProblem(config, "kafka.bootstrap.servers", "", "kafka.bootstrap.servers", named);
            CaptureStack.run(db, "set global binlog_format = 'MIXED'");
            try {
                assertProblem(config, "topic", "t", keys + "hostname", "binlog_format = MIXED, wanted: ROW");
            } finally {
                CaptureStack.run(db, "set global binlog_format = 'ROW'");
            }
            config.put(keys + "password", "weak");
            assertProblem(config, keys + "user", "weak", keys + "user", "GRANT REPLICATION SLAVE ON *.*");
        }
    }

    @Test
    void anXaTransactionStopsTheTaskInWords() throws Exception {
        String named = name("xa");
        try (Connection db = newDatabase(named)) {
            CaptureStack.run(db, ORDERS);
            Map<String, String> config = ruled(named);
            config.put("capture.on.database.failure", "fail");
            rest().put(named, config);
            await().atMost(LIMIT).until(() -> !rest().offsets(named).isEmpty());

            CaptureStack.run(
                    db,
                    "xa start 'x'",
                    "insert into orders values (1, 7, 'new', '')",
                    "xa end 'x'",
                    "xa prepare 'x'",
                    "xa rollback 'x'",
                    "insert into orders values (2, 8, 'new', '')");

            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(rest().status(named))
                            .get()
                            .satisfies(status ->
                                    assertThat(status.toString()).contains("XA transactions cannot be captured")));
        } finally {
            rest().delete(named);
        }
    }

    @Test
    void anOptOutHoldsInABinlogThatIsBegunAnew() throws Exception {
        String named = name("reset");
        try (Connection db = newDatabase(named);
                ActivityTopic topic = new ActivityTopic(named + "-activity")) {
            CaptureStack.run(db, ORDERS, CONSENT);
            for (int i = 0; i < 50; i++) { // the new binlog stays shorter
                CaptureStack.run(db, "insert into orders values (" + -i + ", 9, 'old', '')");
            }
            rest().put(named, withConsent(named));
            await().atMost(LIMIT).until(() -> !rest().offsets(named).isEmpty());
            CaptureStack.run(
                    db,
                    "insert into orders values (1, 7, 'new', '')",
                    "insert into consent values ('7', 'activity', false, now())",
                    "insert into orders values (2, 7, 'new', '')",
                    "insert into orders values (3, 8, 'new', '')");
            await().atMost(LIMIT).until(() -> object(topic, "3").isPresent());
            rest().stop(named);
            rest().awaitStopped(named, LIMIT);
            CaptureStack.run(db, beginAnew(), "insert into orders values (-100, 9, 'new', '')");
            rest().resetOffsets(named);
            rest().resume(named);
            await().atMost(LIMIT).until(() -> !rest().offsets(named).isEmpty());

            CaptureStack.run(
                    db, "insert into orders values (4, 7, 'new', '')", "insert into orders values (5, 8, 'new', '')");

            await().atMost(LIMIT).until(() -> object(topic, "5").isPresent());
            assertThat(object(topic, "1")).isPresent();
            assertThat(object(topic, "2")).isEmpty();
            assertThat(object(topic, "4")).isEmpty();
        } finally {
            rest().delete(named);
        }
    }

    private String gtids(String named) {
        return (String) rest().offsets(named).get(0).offset().get("gtids");
    }

    private void restart(String named) {
        rest().stop(named);
        rest().awaitStopped(named, LIMIT);
        rest().resume(named);
        rest().awaitRunning(named, LIMIT);
    }

    private void assertProblem(Map<String, String> config, String key, String value, String expectedKey, String words) {
        Map<String, String> changed = new HashMap<>(config);
        changed.put(key, value);
        assertThat(rest().validate(changed))
                .as(key + "=" + value)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem).extracting(ConfigProblem::key).isEqualTo(expectedKey);
                    assertThat(problem.message()).contains(words);
                });
    }

    /** An empty database and a connection to it. */
    final Connection newDatabase(String name) throws SQLException {
        server().createDatabase(name);
        return DriverManager.getConnection(server().jdbcUrl(name), server().user(), server().password());
    }

    final ConnectRest rest() {
        return CaptureStack.rest(worker());
    }

    /** As on PostgreSQL, for the table {@code NAME.orders}; without page views: a binlog has no messages. */
    final Map<String, String> ruled(String name) {
        return CaptureStack.ruledOn(server(), name);
    }

    final Map<String, String> withConsent(String name) {
        Map<String, String> config = ruled(name);
        config.put("consent.table", name + ".consent");
        config.put("consent.default", "allow");
        return config;
    }

    static Optional<Seen> object(ActivityTopic topic, String id) {
        return topic.read().stream().filter(seen -> id.equals(seen.object())).findFirst();
    }
}
