package io.towpath.jdbc.row;

import io.towpath.jdbc.config.VersionConfig;
import io.towpath.jdbc.row.Layout.Part;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/** The two columns that tell how new a row is: its version, and the incarnation of the source that counted it. */
final class VersionParts {
    private final VersionConfig config;
    private final VersionReader reader;

    VersionParts(VersionConfig config) {
        this.config = config;
        this.reader = new VersionReader(config);
    }

    List<Part> parts() {
        return config.guards()
                ? List.of(
                        new Part(
                                Column.of(config.column(), Schema.INT64_SCHEMA),
                                (record, image) -> reader.version(record, image)),
                        new Part(
                                Column.of(config.incarnationColumn(), Schema.STRING_SCHEMA),
                                (record, image) -> reader.incarnation(record)))
                : List.of();
    }

    /** Whether a tombstone can be compared: it has no value, so no position and no field. */
    boolean known(SinkRecord tombstone) {
        return switch (config.from()) {
            case NONE, KAFKA -> true;
            case HEADER -> tombstone.headers().lastWithName(config.name()) != null;
            case POSITION, FIELD -> false;
        };
    }
}
