package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.towpath.capture.ActivityTopic.Seen;
import io.towpath.migration.connect.ConfigProblem;
import io.towpath.migration.connect.SourceOffset;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A MariaDB database: its binlog by the same stages. */
@ExtendWith(CaptureStack.class)
class MariaDbCaptureIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String ORDERS =
            "create table orders (id int primary key, customer int, status varchar(20), note text)";

    @Test
    void rowsBecomeActivitiesOnceAcrossRestartsAndATableThatChanges() throws Exception {
        try (Connection db = CaptureStack.newMariaDatabase("mshop");
                ActivityTopic topic = new ActivityTopic("mshop-activity")) {
            CaptureStack.run(
                    db,
                    ORDERS,
                    "create table said (actor varchar(20), request varchar(20), token varchar(20))",
                    "create table beat (id int primary key, beaten_at timestamp)",
                    "insert into orders values (-1, 1, 'old', '')");
            CaptureStack.run(
                    db,
                    "create user least identified by 'least'",
                    "grant replication slave, binlog monitor on *.* to least",
                    "grant select on mshop.* to least",
                    "grant insert, update on mshop.beat to least");
            Map<String, String> config = ruled("mshop");
            config.put("databases.mshop.user", "least");
            config.put("databases.mshop.password", "least");
            config.put("databases.mshop.context.table", "mshop.said");
            config.put("databases.mshop.heartbeat.table", "mshop.beat");
            config.put("heartbeat.interval.ms", "500");
            assertThat(CaptureStack.rest().validate(config)).isEmpty();
            CaptureStack.rest().put("mshop", config);
            CaptureStack.rest().awaitRunning("mshop", LIMIT);
            await().atMost(LIMIT)
                    .until(() -> !CaptureStack.rest().offsets("mshop").isEmpty());

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
            restart();
            CaptureStack.run(db, "insert into orders values (3, 9, 'new', '')");
            await().atMost(LIMIT).until(() -> topic.read().size() >= 5);
            CaptureStack.rest().stop("mshop");
            CaptureStack.rest().awaitStopped("mshop", LIMIT);
            CaptureStack.run(
                    db,
                    "insert into orders values (4, 9, 'new', '')",
                    "alter table orders add column extra int first, drop column note",
                    "insert into orders (id, customer, status) values (5, 9, 'new')");
            CaptureStack.rest().resume("mshop");

            await().atMost(LIMIT).until(() -> topic.read().size() >= 7);
            restart();
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
            KeptRun.keepOffsets("mshop", "mariadb");
        } finally {
            CaptureStack.rest().delete("mshop");
        }
    }

    @Test
    void aServerThatWasKilledIsReadOnWhereReadingStopped() throws Exception {
        ShopDatabase shop = ShopDatabase.create("mdown", CaptureStack.mariaDb());
        try (ActivityTopic topic = new ActivityTopic("mdown-activity")) {
            Map<String, String> config = ruled("mdown");
            CaptureStack.rest().put("mdown", config);
            await().atMost(LIMIT)
                    .until(() -> !CaptureStack.rest().offsets("mdown").isEmpty());
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
            CaptureStack.rest().awaitRunning("mdown", LIMIT);
        } finally {
            CaptureStack.rest().delete("mdown");
        }
    }

    @Test
    void anOffsetAsTheDocsWriteItIsTakenAndOneThatTheBinlogDoesNotHaveIsRefusedInWords() throws Exception {
        try (Connection db = CaptureStack.newMariaDatabase("moved");
                ActivityTopic topic = new ActivityTopic("moved-activity")) {
            CaptureStack.run(db, ORDERS);
            CaptureStack.rest().put("moved", ruled("moved"));
            await().atMost(LIMIT)
                    .until(() -> !CaptureStack.rest().offsets("moved").isEmpty());
            // once a row has come, the tables' definitions have been read: an offset without "fresh" needs them
            CaptureStack.run(db, "insert into orders values (100, 1, 'new', '')");
            await().atMost(LIMIT).until(() -> topic.read().size() == 1);
            CaptureStack.rest().stop("moved");
            CaptureStack.rest().awaitStopped("moved", LIMIT);
            SourceOffset stored = CaptureStack.rest().offsets("moved").get(0);
            String end = CaptureStack.text(db, "select @@global.gtid_binlog_pos");
            Map<String, Object> offset = new HashMap<>(stored.offset());

            CaptureStack.run(db, "insert into orders values (0, 1, 'new', '')");
            CaptureStack.rest()
                    .alterOffsets("moved", List.of(new SourceOffset(stored.partition(), Map.of("gtids", end))));
            CaptureStack.rest().resume("moved");
            await().atMost(LIMIT).until(() -> topic.read().size() == 2);
            CaptureStack.rest().stop("moved");
            CaptureStack.rest().awaitStopped("moved", LIMIT);
            offset.put("gtids", "0-1-99999999");
            assertThatThrownBy(() -> CaptureStack.rest()
                            .alterOffsets("moved", List.of(new SourceOffset(stored.partition(), offset))))
                    .hasMessageContaining("has no transaction 0-1-99999999");
            CaptureStack.run(db, "insert into orders values (1, 1, 'new', '')", "flush binary logs");
            CaptureStack.run(db, "set global slave_connections_needed_for_purge = 0");
            String last = CaptureStack.text(db, "show master status");
            await().atMost(LIMIT)
                    .until(
                            () -> { // a file that a dump thread has not yet left is not purged
                                CaptureStack.run(db, "purge binary logs to '" + last + "'");
                                return last.equals(CaptureStack.text(db, "show binary logs"));
                            });
            offset.put("gtids", "0-1-1");
            assertThatThrownBy(() -> CaptureStack.rest()
                            .alterOffsets("moved", List.of(new SourceOffset(stored.partition(), offset))))
                    .hasMessageContaining("has purged its binlog up to");
        } finally {
            CaptureStack.rest().delete("moved");
        }
    }

    @Test
    void whatStandsInTheWayOfABinlogIsOnTheKeyToChange() throws Exception {
        try (Connection db = CaptureStack.newMariaDatabase("mcheck")) {
            CaptureStack.run(db, ORDERS, "create user weak identified by 'weak'", "grant select on mcheck.* to weak");
            Map<String, String> config = ruled("mcheck");
            assertThat(CaptureStack.rest().validate(config)).isEmpty();

            assertProblem(config, "rules.placed.actor.id", "${nobody}", "rules.placed.actor.id", "no column nobody");
            assertProblem(config, "databases.mcheck.password", "x", "databases.mcheck.password", "denied");
            assertProblem(config, "databases.mcheck.dbname", "absent", "databases.mcheck.dbname", "absent");
            assertProblem(config, "databases.mcheck.server.id", "1", "databases.mcheck.server.id", "server_id = 1");
            assertProblem(
                    config, "databases.mcheck.heartbeat.table", "mcheck.no", "databases.mcheck.heartbeat.table", "no");
            assertProblem(config, "kafka.bootstrap.servers", "", "kafka.bootstrap.servers", "mcheck");
            CaptureStack.run(db, "set global binlog_format = 'MIXED'");
            try {
                assertProblem(config, "topic", "t", "databases.mcheck.hostname", "binlog_format = MIXED, wanted: ROW");
            } finally {
                CaptureStack.run(db, "set global binlog_format = 'ROW'");
            }
            config.put("databases.mcheck.password", "weak");
            assertProblem(
                    config, "databases.mcheck.user", "weak", "databases.mcheck.user", "GRANT REPLICATION SLAVE ON *.*");
        }
    }

    private static void restart() {
        CaptureStack.rest().stop("mshop");
        CaptureStack.rest().awaitStopped("mshop", LIMIT);
        CaptureStack.rest().resume("mshop");
        CaptureStack.rest().awaitRunning("mshop", LIMIT);
    }

    private static void assertProblem(
            Map<String, String> config, String key, String value, String expectedKey, String words) {
        Map<String, String> changed = new HashMap<>(config);
        changed.put(key, value);
        assertThat(CaptureStack.rest().validate(changed))
                .as(key + "=" + value)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem).extracting(ConfigProblem::key).isEqualTo(expectedKey);
                    assertThat(problem.message()).contains(words);
                });
    }

    /** As on PostgreSQL, for the table {@code NAME.orders}; without page views: a binlog has no messages. */
    static Map<String, String> ruled(String name) {
        Map<String, String> config = ActivityCaptureIT.ruled(name);
        config.put("rules", "placed,status,removed");
        config.keySet().removeIf(key -> key.startsWith("rules.viewed."));
        List.of("placed", "status", "removed")
                .forEach(rule -> config.put("rules." + rule + ".table", name + ".orders"));
        CaptureStack.onMariaDb(config, name);
        return config;
    }
}
