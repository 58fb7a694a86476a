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

/** What a MariaDB must be told so that its binlog can be trusted, and what nobody may find in a log. */
@ExtendWith(CaptureStack.class)
class MariaDbLimitsIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String ORDERS =
            "create table orders (id int primary key, customer int, status varchar(20), note text)";
    private static final String CONSENT =
            "create table consent (actor varchar(20), category varchar(20), allowed boolean, changed_at timestamp,"
                    + " primary key (actor, category))";

    /** Debezium's reader logs such a statement as it stands, whatever database of the server it is in. */
    @Test
    void noValueOfAStatementThatIsNotARowIsInTheLog() throws Exception {
        ConnectRest rest = CaptureStack.rest();
        try (Connection db = CaptureStack.newMariaDatabase("mlog");
                Connection other = CaptureStack.newMariaDatabase("mother");
                ActivityTopic topic = new ActivityTopic("mlog-activity")) {
            CaptureStack.run(db, ORDERS);
            CaptureStack.run(other, "create table people (name varchar(40))", "set session binlog_format = STATEMENT");
            rest.put("mlog", CaptureStack.ruledOn(CaptureStack.mariaDb(), "mlog"));
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
            Map<String, String> config = CaptureStack.ruledOn(CaptureStack.mariaDb(), "mtls");
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
        Map<String, String> config = CaptureStack.ruledOn(CaptureStack.mariaDb(), name);
        config.put("consent.table", name + ".consent");
        config.put("consent.default", "allow");
        return config;
    }
}
