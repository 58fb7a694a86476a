package io.towpath.capture;

import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.unit.Position;
import io.towpath.capture.unit.Units;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Checks a request to change the connector's offsets. A position that the server has let go of may be answered, without a
 * word, from a later one; one behind the log's end would skip what is written until then.
 */
final class OffsetChange {

    private final List<DatabaseConfig> databases;
    private final BiConsumer<DatabaseConfig, Map<String, ?>> readable;

    /** @param readable throws if a database's log cannot be read from a boundary on */
    OffsetChange(CaptureConfig config, BiConsumer<DatabaseConfig, Map<String, ?>> readable) {
        this.databases = config.databases();
        this.readable = readable;
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
        readable.accept(database, position.boundary());
    }
}
