package io.towpath.transforms;

import java.util.List;
import org.apache.kafka.common.config.ConfigException;

/** Sorts fields named as {@code value.a.b}, {@code key}, {@code key.id} and {@code header.NAME} into their trees. */
record RecordFields(FieldTree key, FieldTree value, FieldTree header) {

    /**
     * @param configKey where the operator wrote {@code fields}
     * @throws ConfigException on {@code configKey}
     */
    void put(String configKey, List<String> fields, FieldTree.Change change) {
        for (String field : fields) {
            int dot = field.indexOf('.');
            String part = dot < 0 ? field : field.substring(0, dot);
            String rest = dot < 0 ? "" : field.substring(dot + 1);
            boolean whole = dot < 0;
            boolean free = switch (part) {
                case "key" -> key.put(names(configKey, field, rest, whole), change);
                case "value" -> value.put(names(configKey, field, rest, whole), change);
                case "header" -> !rest.isEmpty() && header.put(List.of(rest), change);
                default ->
                    throw new ConfigException(
                            configKey, field, "wanted key, key.FIELD, value, value.FIELD or header.NAME");
            };
            if (!free) {
                throw new ConfigException(configKey, field, "given twice, or together with a field inside it");
            }
        }
    }

    boolean isEmpty() {
        return key.isEmpty() && value.isEmpty() && header.isEmpty();
    }

    private static List<String> names(String configKey, String field, String rest, boolean whole) {
        List<String> names = whole ? List.of() : List.of(rest.split("\\.", -1));
        if (names.contains("")) {
            throw new ConfigException(configKey, field, "wanted a name between and behind the dots");
        }
        return names;
    }
}
