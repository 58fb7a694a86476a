package io.towpath.jdbc.row;

import io.towpath.jdbc.row.Layout.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** The columns of a row image: one for each field; of an activity, one for each leaf, as {@code actor_id}. */
final class ImageParts {
    private ImageParts() {}

    static List<Part> of(Schema schema) {
        List<Part> parts = new ArrayList<>();
        for (Field field : schema.fields()) {
            parts.add(
                    new Part(Column.of(field.name(), field.schema()), (record, image) -> ((Struct) image).get(field)));
        }
        return parts;
    }

    static List<Part> of(Map<?, ?> image) {
        List<Part> parts = new ArrayList<>();
        for (Object key : image.keySet()) {
            String name = String.valueOf(key);
            parts.add(new Part(Column.of(name, null), (record, map) -> ((Map<?, ?>) map).get(name)));
        }
        return parts;
    }

    /** Nested structs become columns of their own, their names joined by an underscore. */
    static List<Part> flattened(Schema schema) {
        List<Part> parts = new ArrayList<>();
        flatten(schema, "", List.of(), parts);
        return parts;
    }

    private static void flatten(Schema schema, String prefix, List<Field> path, List<Part> parts) {
        for (Field field : schema.fields()) {
            List<Field> deeper = new ArrayList<>(path);
            deeper.add(field);
            if (field.schema().type() == Schema.Type.STRUCT) {
                flatten(field.schema(), prefix + field.name() + "_", deeper, parts);
            } else {
                Field[] steps = deeper.toArray(Field[]::new);
                parts.add(new Part(
                        Column.of(prefix + field.name(), field.schema()), (record, image) -> follow(image, steps)));
            }
        }
    }

    private static Object follow(Object image, Field[] steps) {
        Object at = image;
        for (int i = 0; i < steps.length && at != null; i++) {
            at = ((Struct) at).get(steps[i]);
        }
        return at;
    }
}
