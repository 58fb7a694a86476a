package io.towpath.transforms;

import io.towpath.activity.value.Scalar;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Reads one field as text, through structs and maps: {@code customer.id}. */
final class FieldReader {

    private final List<String> names;

    /** @throws ConfigException on {@code configKey}: a name between the dots is empty */
    FieldReader(String configKey, String path) {
        names = List.of(path.strip().split("\\.", -1));
        if (names.contains("")) {
            throw new ConfigException(configKey, path, "wanted a field, or fields joined by dots");
        }
    }

    /** The text; null where the field is NULL or not there. */
    String text(Schema schema, Object container) {
        Object value = container;
        Schema of = schema;
        for (int i = 0; i < names.size() && value != null; i++) {
            String name = names.get(i);
            if (value instanceof Struct struct) {
                Field field = struct.schema().field(name);
                of = field == null ? null : field.schema();
                value = field == null ? null : struct.get(field);
            } else {
                of = of == null ? null : of.valueSchema();
                value = value instanceof Map<?, ?> map ? map.get(name) : null;
            }
        }
        return Scalar.text(value, of);
    }
}
