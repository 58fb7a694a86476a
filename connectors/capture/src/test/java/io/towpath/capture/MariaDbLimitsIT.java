package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.capture.ActivityTopic.Seen;
import io.towpath.migration.connect.ConfigProblem;
import io.towpath.migration.connect.ConnectRest;
import java.nio.file.Files;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What capture says to that which it cannot read in a MariaDB's binlog, and what outlives the binlog. */
@ExtendWith(CaptureStack.class)
class MariaDbLimitsIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String ORDERS =
            "create table orders (id int primary key, customer int, status varchar(20), note text)";
    private static final String CONSENT =
            "create table consent (actor varchar(20), category varchar(20), allowed boolean, changed_at timestamp,"
                    + " primary key (actor, category))";

    @Test
    void anXaTransactionStopsTheTaskInWords() throws Exception {
        ConnectRest rest = CaptureStack.rest();
        try (Connection db = CaptureStack.newMariaDatabase("mxa")) {
            CaptureStack.run(db, ORDERS);
            Map<String, String> config = MariaDbCaptureIT.ruled("mxa");
            config.put("capture.on.database.failure", "fail");
            rest.put("mxa", config);
            await().atMost(LIMIT).until(() -> !rest.offsets("mxa").isEmpty());

            CaptureStack.run(
                    db,
                    "xa start 'x'",
                    "insert into orders values (1, 7, 'new', '')",
                    "xa end 'x'",
                    "xa prepare 'x'",
                    "xa rollback 'x'",
                    "insert into orders values (2, 8, 'new', '')");

            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(rest.status("mxa"))
                            .get()
                            .satisfies(status -> assertThat(status.toString()).contains("has changes and no end: XA")));
        } finally {
            rest.delete("mxa");
        }
    }

    @Test
    void anOptOutHoldsInABinlogThatIsBegunAnew() throws Exception {
        ConnectRest rest = CaptureStack.rest();
        try (Connection db = CaptureStack.newMariaDatabase("mreset");
                ActivityTopic topic = new ActivityTopic("mreset-activity")) {
            CaptureStack.run(db, ORDERS, CONSENT);
            for (int i = 0; i < 50; i++) { // the new binlog stays shorter
                CaptureStack.run(db, "insert into orders values (" + -i + ", 9, 'old', '')");
            }
            rest.put("mreset", withConsent("mreset"));
            await().atMost(LIMIT).until(() -> !rest.offsets("mreset").isEmpty());
            CaptureStack.run(
                    db,
                    "insert into orders values (1, 7, 'new', '')",
                    "insert into consent values ('7', 'activity', false, now())",
                    "insert into orders values (2, 7, 'new', '')",
                    "insert into orders values (3, 8, 'new', '')");
            await().atMost(LIMIT).until(() -> object(topic, "3").isPresent());
            rest.stop("mreset");
            rest.awaitStopped("mreset", LIMIT);
            CaptureStack.run(db, "reset master", "insert into orders values (-100, 9, 'new', '')");
            rest.resetOffsets("mreset");
            rest.resume("mreset");
            await().atMost(LIMIT).until(() -> !rest.offsets("mreset").isEmpty());

            CaptureStack.run(
                    db, "insert into orders values (4, 7, 'new', '')", "insert into orders values (5, 8, 'new', '')");

            await().atMost(LIMIT).until(() -> object(topic, "5").isPresent());
            assertThat(object(topic, "1")).isPresent();
            assertThat(object(topic, "2")).isEmpty();
            assertThat(object(topic, "4")).isEmpty();
        } finally {
            rest.delete("mreset");
        }
    }

    /** Debezium's reader logs such a statement as it stands, whatever database of the server it is in. */
    @Test
    void noValueOfAStatementThatIsNotARowIsInTheLog() throws Exception {
        ConnectRest rest = CaptureStack.rest();
        try (Connection db = CaptureStack.newMariaDatabase("mlog");
                Connection other = CaptureStack.newMariaDatabase("mother");
                ActivityTopic topic = new ActivityTopic("mlog-activity")) {
            CaptureStack.run(db, ORDERS);
            CaptureStack.run(other, "create table people (name varchar(40))", "set session binlog_format = STATEMENT");
            rest.put("mlog", MariaDbCaptureIT.ruled("mlog"));
            await().atMost(LIMIT).until(() -> !rest.offsets("mlog").isEmpty());

            CaptureStack.run(other, "insert into people values ('qqq-ada')");
            CaptureStack.run(db, "insert into orders values (1, 7, 'new', '')");

            await().atMost(LIMIT).until(() -> object(topic, "1").isPresent());
            assertThat(Files.readString(CaptureStack.worker().log()))
                    .doesNotContain("qqq-ada", "may get values of rows from logger");
        } finally {
            rest.delete("mlog");
        }
    }

    @Test
    void consentIsRefusedWhereNumbersOfTransactionsMayGoBack() throws Exception {
        try (Connection db = CaptureStack.newMariaDatabase("mstrict")) {
            CaptureStack.run(db, ORDERS, CONSENT);
            assertThat(CaptureStack.rest().validate(withConsent("mstrict"))).isEmpty();
            CaptureStack.run(db, "set global gtid_strict_mode = OFF");
            try {
                assertThat(CaptureStack.rest().validate(withConsent("mstrict")))
                        .extracting(ConfigProblem::key)
                        .containsExactly("databases.mstrict.hostname");
            } finally {
                CaptureStack.run(db, "set global gtid_strict_mode = ON");
            }
        }
    }

    @Test
    void aUserWhoMustUseTlsLogsInUnderAModeThatHasIt() throws Exception {
        try (Connection db = CaptureStack.newMariaDatabase("mtls")) {
            CaptureStack.run(
                    db,
                    ORDERS,
                    "create user tls identified by 'tls' require ssl",
                    "grant replication slave, binlog monitor on *.* to tls",
                    "grant select on mtls.* to tls");
            Map<String, String> config = MariaDbCaptureIT.ruled("mtls");
            config.put("databases.mtls.user", "tls");
            config.put("databases.mtls.password", "tls");
            assertThat(CaptureStack.rest().validate(config))
                    .extracting(ConfigProblem::key)
                    .containsExactly("databases.mtls.password");

            config.put("databases.mtls.debezium.database.ssl.mode", "trust");
            assertThat(CaptureStack.rest().validate(config)).isEmpty();
        }
    }

    private static Optional<Seen> object(ActivityTopic topic, String id) {
        return topic.read().stream().filter(seen -> id.equals(seen.object())).findFirst();
    }

    private static Map<String, String> withConsent(String name) {
        Map<String, String> config = MariaDbCaptureIT.ruled(name);
        config.put("consent.table", name + ".consent");
        config.put("consent.default", "allow");
        return config;
    }
}
