package io.towpath.capture;

import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.database.LogRange;
import io.towpath.capture.unit.Position;
import io.towpath.capture.unit.Units;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Checks a request to change the connector's offsets. A position that the slot has let go of would be answered, without a
 * word, from where the slot stands; one behind the log's end would skip what is written until then.
 */
final class OffsetChange {

    private final List<DatabaseConfig> databases;
    private final Function<DatabaseConfig, LogRange> ranges;

    OffsetChange(CaptureConfig config, Function<DatabaseConfig, LogRange> ranges) {
        this.databases = config.databases();
        this.ranges = ranges;
    }

    /** @throws ConnectException saying what is wrong with the first offset that cannot be taken */
    void check(Map<Map<String, ?>, Map<String, ?>> offsets) {
        offsets.forEach((partition, offset) -> {
            if (partition == null
                    || !(partition.get(Units.PARTITION_KEY) instanceof String name)
                    || partition.size() != 1) {
                throw new ConnectException(
                        "partition " + partition + " is not one of this connector's, wanted: {\"database\": NAME}");
            }
            if (offset != null) {
                check(name, Position.fromOffset(offset));
            }
        });
    }

    private void check(String name, Position position) {
        DatabaseConfig database = databases.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConnectException("database " + name
                        + " is not in the connector's config, wanted: one of its databases, or the offset null"));
        if (!(position.boundary().get("lsn") instanceof Number lsn)) {
            throw new ConnectException(
                    "the offset of database " + name + " has no log position, wanted: \"lsn\", a number");
        }
        LogRange range = ranges.apply(database);
        if (lsn.longValue() < range.first()) {
            throw new ConnectException("lsn " + lsn + " of database " + name + " lies before " + range.first()
                    + ", up to which its slot has let go of the log, wanted: a position from there on"
                    + " (for a replay, copy the slot beforehand and set slot.name)");
        }
        if (lsn.longValue() > range.end()) {
            throw new ConnectException("lsn " + lsn + " of database " + name + " lies behind the log's end, "
                    + range.end() + ", wanted: a position up to there");
        }
    }
}
