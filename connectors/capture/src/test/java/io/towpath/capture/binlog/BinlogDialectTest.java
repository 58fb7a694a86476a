package io.towpath.capture.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.mariadb.MariaDb;
import io.towpath.capture.mysql.MySql;
import io.towpath.capture.unit.Position;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class BinlogDialectTest {

    private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final Schema END =
            SchemaBuilder.struct().field("status", Schema.STRING_SCHEMA).field("id", Schema.STRING_SCHEMA);
    private static final Schema SOURCE = SchemaBuilder.struct().field("gtid", Schema.STRING_SCHEMA);
    private static final Schema CHANGE =
            SchemaBuilder.struct().field("op", Schema.STRING_SCHEMA).field("source", SOURCE);

    @Test
    void aBinlogInWhichNothingWasCommittedIsWaitedForInWords() {
        BinlogDialect.assertBegun(new MariaDb().gtids("0-1-1"));

        assertThatThrownBy(() -> BinlogDialect.assertBegun(new MariaDb().gtids("")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("no transaction yet");
    }

    @Test
    void anOperatorsPlaceNamesEveryDomainOfTheServer() {
        MariaDb maria = new MariaDb();
        BinlogCatalog.assertWhole(maria.gtids("0-1-270,1-3-9"), maria.gtids("0-1-300,1-3-9"));

        assertThatThrownBy(() -> BinlogCatalog.assertWhole(maria.gtids("0-1-270"), maria.gtids("0-1-300,1-3-9")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("like 0-1-300,1-3-9");
    }

    @Test
    void behindAnEndStandsItsTransactionAndNoneOfTheDelegatesCounts() {
        assertBehind(new MariaDb(), "0-1-4,1-3-9", "0-1-5", "0-1-5,1-3-9");
        assertBehind(new MySql(), UUID + ":1-4:7", UUID + ":5", UUID + ":1-5:7");
    }

    @Test
    void aChangeOfAnXaTransactionIsRefusedByItsName() {
        Struct source = new Struct(SOURCE).put("gtid", UUID + ":6");
        Struct change = new Struct(CHANGE).put("op", "c").put("source", source);

        assertThatThrownBy(() -> dialect(new MySql())
                        .boundaryBehind(new SourceRecord(
                                Map.of("server", "shop"), Map.of(), "shop.shop.orders", CHANGE, change)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("transaction " + UUID + ":6")
                .hasMessageContaining("XA");
    }

    /** Debezium's own offset of an END stands at the transaction's begin and counts events to skip. */
    private static void assertBehind(BinlogProduct product, String before, String transaction, String behind) {
        BinlogDialect dialect = dialect(product);
        Map<String, Object> delegates =
                Map.of("gtids", before, "file", "binlog.000002", "pos", 900L, "event", 7L, "row", 2L);
        Struct end = new Struct(END).put("status", "END").put("id", transaction);

        Map<String, ?> boundary = dialect.boundaryBehind(
                new SourceRecord(Map.of("server", "shop"), delegates, "shop.transaction", end.schema(), end));

        Map<String, Object> expected = Map.of("gtids", behind, "file", "binlog.000002", "pos", 900L);
        assertThat(new TreeMap<String, Object>(boundary)).isEqualTo(expected);
        assertThat(dialect.delegateOffset(Position.at(boundary).boundary())).isEqualTo(expected);
    }

    private static BinlogDialect dialect(BinlogProduct product) {
        CaptureConfig config = CaptureConfig.parse(Map.of(
                "name", "c",
                "databases", "shop",
                "databases.shop.connector", "mariadb",
                "databases.shop.hostname", "db1",
                "databases.shop.user", "u",
                "kafka.bootstrap.servers", "k:9092",
                "rules", "placed",
                "rules.placed.table", "shop.orders",
                "rules.placed.type", "order.placed"));
        return new BinlogDialect(new BinlogConnections(product, null, Duration.ZERO), config);
    }
}
