package io.towpath.jdbc.config;

import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;

/** One group of keys: each is defined in one line and gets its place and display name from its name and turn. */
final class Keys {
    private final ConfigDef definition;
    private final String group;
    private int order;

    Keys(ConfigDef definition, String group) {
        this.definition = definition;
        this.group = group;
    }

    Keys key(
            String name, ConfigDef.Type type, Object fallback, Validator validator, Importance importance, String doc) {
        definition.define(
                name, type, fallback, validator, importance, doc, group, ++order, Width.MEDIUM, displayName(name));
        return this;
    }

    /** A key whose value is one of {@code words}; the words are offered by the REST API. */
    <E extends Enum<E>> Keys choice(String name, E fallback, Class<E> words, Importance importance, String doc) {
        OneOf<E> oneOf = new OneOf<>(words);
        definition.define(
                name,
                ConfigDef.Type.STRING,
                OneOf.word(fallback),
                oneOf,
                importance,
                doc,
                group,
                ++order,
                Width.SHORT,
                displayName(name),
                List.of(),
                oneOf);
        return this;
    }

    private static String displayName(String name) {
        String words = name.replace('.', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
