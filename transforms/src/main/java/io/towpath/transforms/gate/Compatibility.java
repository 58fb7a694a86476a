package io.towpath.transforms.gate;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/**
 * Whether one Connect schema can read what another wrote: the rules of Avro's schema resolution, with an optional field
 * being a union with null whose default is null. Stricter in one point: the name of a logical type counts.
 */
final class Compatibility {

    private static final List<Schema.Type> NUMBERS = List.of(
            Schema.Type.INT8,
            Schema.Type.INT16,
            Schema.Type.INT32,
            Schema.Type.INT64,
            Schema.Type.FLOAT32,
            Schema.Type.FLOAT64);

    private static final Set<Schema.Type> TEXTS = Set.of(Schema.Type.STRING, Schema.Type.BYTES);

    private Compatibility() {}

    /** What stands in the way, and where; the path is empty for the schema itself. */
    record Problem(String path, String reason) {}

    /** The first reason why {@code reader} cannot read what {@code writer} wrote. */
    static Optional<Problem> reading(Schema reader, Schema writer) {
        return reading(reader, writer, "");
    }

    private static Optional<Problem> reading(Schema reader, Schema writer, String path) {
        if (reader == writer) {
            return Optional.empty();
        }
        if (writer.isOptional() && !reader.isOptional()) {
            return problem(path, "it may be null where it is written, and is required where it is read");
        }
        if (!types(reader.type(), writer.type())) {
            return problem(path, "written as " + writer.type() + ", read as " + reader.type());
        }
        if (!sameName(reader, writer)) {
            return problem(path, "written as " + writer.name() + ", read as " + reader.name());
        }
        return switch (reader.type()) {
            case STRUCT -> fields(reader, writer, path);
            case ARRAY -> reading(reader.valueSchema(), writer.valueSchema(), path + "[]");
            case MAP ->
                reading(reader.keySchema(), writer.keySchema(), path + "{key}")
                        .or(() -> reading(reader.valueSchema(), writer.valueSchema(), path + "{}"));
            default -> Optional.empty();
        };
    }

    private static Optional<Problem> fields(Schema reader, Schema writer, String path) {
        for (Field field : reader.fields()) {
            String inside = path.isEmpty() ? field.name() : path + "." + field.name();
            Field written = writer.field(field.name());
            Optional<Problem> problem = written != null
                    ? reading(field.schema(), written.schema(), inside)
                    : required(field.schema())
                            ? problem(inside, "it is required without a default where it is read, and not written")
                            : Optional.empty();
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static boolean required(Schema schema) {
        return !schema.isOptional() && schema.defaultValue() == null;
    }

    /** Numbers may grow; text and bytes stand for each other. */
    private static boolean types(Schema.Type reader, Schema.Type writer) {
        int from = NUMBERS.indexOf(writer);
        return reader == writer
                || (from >= 0 && NUMBERS.indexOf(reader) > from)
                || (TEXTS.contains(reader) && TEXTS.contains(writer));
    }

    /** Structs: the name without its namespace, where both have one. Others: the logical type with its parameters. */
    private static boolean sameName(Schema reader, Schema writer) {
        if (reader.type() == Schema.Type.STRUCT) {
            return reader.name() == null
                    || writer.name() == null
                    || simple(reader.name()).equals(simple(writer.name()));
        }
        return Objects.equals(reader.name(), writer.name())
                && (reader.name() == null || Objects.equals(reader.parameters(), writer.parameters()));
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Optional<Problem> problem(String path, String reason) {
        return Optional.of(new Problem(path, reason));
    }
}
