package io.towpath.jdbc.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The words of an enum as the only values of a key, in lower case. */
final class OneOf<E extends Enum<E>> implements ConfigDef.Validator, ConfigDef.Recommender {
    private final List<Object> words;

    OneOf(Class<E> type) {
        this.words = Stream.of(type.getEnumConstants()).<Object>map(OneOf::word).toList();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E parse(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    @Override
    public void ensureValid(String name, Object value) {
        if (!words.contains(value)) {
            throw new ConfigException(name, value, "wanted one of " + words);
        }
    }

    @Override
    public List<Object> validValues(String name, Map<String, Object> config) {
        return words;
    }

    @Override
    public boolean visible(String name, Map<String, Object> config) {
        return true;
    }

    @Override
    public String toString() {
        return words.toString();
    }
}
