package io.towpath.jdbc.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.jdbc.config.SinkConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class VersionReaderTest {
    private final VersionReader reader = new VersionReader(SinkConfig.parse(
                    Map.of("connection.url", "jdbc:postgresql://db/shop", "name", "s", "version.from", "position"))
            .version());

    private static SinkRecord binlog(String file, long pos, String gtid, String snapshot) {
        Map<String, Object> source = new HashMap<>(
                Map.of("name", "shop", "server_id", 1L, "file", file, "pos", pos, "row", 0, "snapshot", snapshot));
        source.put("gtid", gtid);
        return record(source);
    }

    private static SinkRecord record(Map<String, Object> source) {
        return new SinkRecord("items", 0, null, null, null, Map.of("op", "u", "source", source), 7);
    }

    /** As when a connector is moved from one replica to another, or the primary fails over. */
    @Test
    void changesReadFromTwoReplicasOfAMariaDbAreOrderedByTheirGtid() {
        SinkRecord before = binlog("mariadb-bin.000900", 4_000, "0-1-41", "false");
        SinkRecord moved = binlog("mariadb-bin.000002", 300, "0-1-42", "false");
        SinkRecord failedOver = binlog("mariadb-bin.000002", 700, "0-2-43", "false");

        assertThat(reader.version(before, null)).isEqualTo(41);
        assertThat(reader.version(moved, null)).isEqualTo(42);
        assertThat(reader.version(failedOver, null)).isEqualTo(43);
        assertThat(reader.incarnation(moved))
                .isEqualTo(reader.incarnation(before))
                .isEqualTo(reader.incarnation(failedOver))
                .isEqualTo("shop/0");
    }

    @Test
    void anotherDomainOrServerOfMySqlIsAnotherIncarnation() {
        SinkRecord other = binlog("mariadb-bin.000900", 4_000, "7-1-41", "false");
        SinkRecord mysql = binlog("bin.000900", 4_000, "3e11fa47-71ca-11e1-9e33-c80aa9429562:23", "false");

        assertThat(reader.incarnation(other)).isEqualTo("shop/7");
        assertThat(reader.incarnation(mysql)).isEqualTo("shop/3e11fa47-71ca-11e1-9e33-c80aa9429562");
        assertThat(reader.version(mysql, null)).isEqualTo(23);
    }

    @Test
    void aRowOfASnapshotIsOlderThanEveryChangeOfTheUsualDomain() {
        SinkRecord row = binlog("mariadb-bin.000900", 4_000, null, "first");

        assertThat(reader.version(row, null)).isZero();
        assertThat(reader.incarnation(row)).isEqualTo("shop/0");
    }

    @Test
    void aBinlogWithoutGtidsStopsTheTaskAndIsNoBadRecord() {
        SinkRecord change = binlog("mysql-bin.000900", 4_000, null, "false");
        SinkRecord activity = record(Map.of("database", "shop", "position", "mariadb-bin.000001:4:0"));

        for (SinkRecord record : new SinkRecord[] {change, activity}) {
            assertThatThrownBy(() -> reader.version(record, null))
                    .isInstanceOf(ConnectException.class)
                    .isNotInstanceOf(DataException.class)
                    .hasMessageContaining("items-0@7 is that of a binlog without a GTID")
                    .hasMessageContaining("version.from=kafka");
        }
    }

    @Test
    void aLogPositionOfPostgresIsANumberWhereverItStands() {
        assertThat(reader.version(record(Map.of("name", "shop", "lsn", 99L)), null))
                .isEqualTo(99);
        assertThat(reader.version(record(Map.of("database", "shop", "position", "98")), null))
                .isEqualTo(98);
        assertThat(reader.incarnation(record(Map.of("name", "shop", "lsn", 99L))))
                .isEqualTo("shop");
    }
}
