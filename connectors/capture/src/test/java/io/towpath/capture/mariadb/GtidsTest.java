package io.towpath.capture.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.unit.Position;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class GtidsTest {

    private static final Schema END =
            SchemaBuilder.struct().field("status", Schema.STRING_SCHEMA).field("id", Schema.STRING_SCHEMA);

    @Test
    void aTransactionReplacesTheLastOneOfItsDomainOnly() {
        assertThat(Gtids.parse("0-1-270,1-3-9").with("0-2-271")).hasToString("0-2-271,1-3-9");
        assertThat(Gtids.parse("").with("0-1-1")).hasToString("0-1-1");
        assertThat(Gtids.parse(null)).hasToString("");
    }

    @Test
    void aPlaceLiesBeforeTransactionsThatItDoesNotHold() {
        Gtids place = Gtids.parse("0-1-270,1-3-9");

        assertThat(place.before(Gtids.parse("0-1-270"))).isEmpty();
        assertThat(place.before(Gtids.parse("0-9-271"))).hasToString("Optional[0-9-271]");
        assertThat(place.before(Gtids.parse("2-1-1"))).hasToString("Optional[2-1-1]");
        assertThat(Gtids.parse("").before(Gtids.parse(""))).isEmpty();
    }

    @Test
    void anOperatorsPlaceNamesEveryDomainOfTheServer() {
        MariaDbCatalog.assertWhole(Gtids.parse("0-1-270,1-3-9"), Gtids.parse("0-1-300,1-3-9"));

        assertThatThrownBy(() -> MariaDbCatalog.assertWhole(Gtids.parse("0-1-270"), Gtids.parse("0-1-300,1-3-9")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("wanted: one transaction of each domain in 0-1-300,1-3-9");
    }

    @Test
    void aBinlogInWhichNothingWasCommittedIsWaitedForInWords() {
        MariaDbDialect.assertBegun(Gtids.parse("0-1-1"));

        assertThatThrownBy(() -> MariaDbDialect.assertBegun(Gtids.parse("")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("no transaction yet");
    }

    @Test
    void whatIsNoGtidIsRefused() {
        assertThatThrownBy(() -> Gtids.parse("0-1")).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> Gtids.parse("0-1-x")).isInstanceOf(ConnectException.class);
    }

    /** Debezium's own offset of an END stands at the transaction's begin and counts events to skip. */
    @Test
    void behindAnEndStandsItsTransactionAndNoneOfTheDelegatesCounts() {
        MariaDbDialect dialect = new MariaDbDialect(null, CONFIG);
        Map<String, Object> delegates =
                Map.of("gtids", "0-1-4,1-3-9", "file", "binlog.000002", "pos", 900L, "event", 7L, "row", 2L);
        Struct end = new Struct(END).put("status", "END").put("id", "0-1-5");

        Map<String, ?> boundary = dialect.boundaryBehind(
                new SourceRecord(Map.of("server", "shop"), delegates, "shop.transaction", end.schema(), end));

        assertThat(new TreeMap<String, Object>(boundary))
                .isEqualTo(Map.of("gtids", "0-1-5,1-3-9", "file", "binlog.000002", "pos", 900L));
        assertThat(dialect.delegateOffset(Position.at(boundary).boundary()))
                .isEqualTo(Map.of("gtids", "0-1-5,1-3-9", "file", "binlog.000002", "pos", 900L));
    }

    private static final CaptureConfig CONFIG = CaptureConfig.parse(Map.of(
            "name", "c",
            "databases", "shop",
            "databases.shop.connector", "mariadb",
            "databases.shop.hostname", "db1",
            "databases.shop.user", "u",
            "kafka.bootstrap.servers", "k:9092",
            "rules", "placed",
            "rules.placed.table", "shop.orders",
            "rules.placed.type", "order.placed"));
}
