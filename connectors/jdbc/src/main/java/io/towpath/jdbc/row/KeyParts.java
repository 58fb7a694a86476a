package io.towpath.jdbc.row;

import io.towpath.jdbc.config.KeyMode;
import io.towpath.jdbc.config.WriteConfig;
import io.towpath.jdbc.row.Layout.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/** The columns that identify a row, after {@code primary.key.mode}. */
final class KeyParts {
    private final KeyMode mode;
    private final List<String> fields;

    KeyParts(WriteConfig config) {
        this.mode = config.keyMode();
        this.fields = config.keyFields();
    }

    /**
     * @param image the image's columns, for keys that are among them
     * @throws DataException when the record has no such key
     */
    List<Part> of(SinkRecord record, List<Part> image) {
        return switch (mode) {
            case NONE -> List.of();
            case KAFKA -> coordinates();
            case RECORD_VALUE ->
                fields.stream().map(name -> find(record, image, name)).toList();
            case RECORD_HEADER ->
                fields.stream().map(name -> header(record, name)).toList();
            case RECORD_KEY -> recordKey(record);
        };
    }

    private static Part find(SinkRecord record, List<Part> image, String name) {
        return image.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new DataException("the value has no field " + name + " for the key, " + RowOp.where(record)));
    }

    private static List<Part> coordinates() {
        return List.of(
                new Part(Column.of("__connect_topic", Schema.STRING_SCHEMA), (r, image) -> r.originalTopic()),
                new Part(
                        Column.of("__connect_partition", Schema.INT32_SCHEMA),
                        (r, image) -> r.originalKafkaPartition()),
                new Part(Column.of("__connect_offset", Schema.INT64_SCHEMA), (r, image) -> r.originalKafkaOffset()));
    }

    private static Part header(SinkRecord record, String name) {
        Header header = record.headers().lastWithName(name);
        if (header == null) {
            throw new DataException("no header " + name + " for the key, " + RowOp.where(record));
        }
        return new Part(Column.of(name, header.schema()), (r, image) -> {
            Header last = r.headers().lastWithName(name);
            return last == null ? null : last.value();
        });
    }

    private List<Part> recordKey(SinkRecord record) {
        if (record.key() instanceof Struct) {
            List<Part> parts = new ArrayList<>();
            for (Field field : record.keySchema().fields()) {
                if (fields.isEmpty() || fields.contains(field.name())) {
                    parts.add(new Part(
                            Column.of(field.name(), field.schema()), (r, image) -> ((Struct) r.key()).get(field)));
                }
            }
            return complete(record, parts);
        }
        if (record.key() instanceof Map<?, ?> map) {
            List<String> names = fields.isEmpty()
                    ? map.keySet().stream().map(String::valueOf).sorted().toList()
                    : fields;
            return names.stream()
                    .map(name -> new Part(Column.of(name, null), (r, image) -> ((Map<?, ?>) r.key()).get(name)))
                    .toList();
        }
        if (record.key() != null && fields.size() == 1) {
            return List.of(new Part(Column.of(fields.get(0), record.keySchema()), (r, image) -> r.key()));
        }
        throw new DataException((record.key() == null
                        ? "no key"
                        : "the key is a single value and " + WriteConfig.KEY_FIELDS + " does not name its one column")
                + ", " + RowOp.where(record));
    }

    private List<Part> complete(SinkRecord record, List<Part> parts) {
        if (!fields.isEmpty() && parts.size() < fields.size()) {
            throw new DataException("the key lacks one of the fields " + fields + ", " + RowOp.where(record));
        }
        return parts;
    }
}
