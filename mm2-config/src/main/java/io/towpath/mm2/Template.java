package io.towpath.mm2;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One packaged file: a flat map of connector keys with {@code ${name}} in its values. Names that contain a colon are
 * Connect's own config providers ({@code ${file:…:key}}) and stay.
 */
final class Template {

    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}:]+)}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Map<String, String> entries;

    private Template(String name, Map<String, String> entries) {
        this.name = name;
        this.entries = entries;
    }

    /** {@code kind}: flows, sizing or security. */
    static Template load(String kind, String name) {
        String resource = kind + "/" + name + ".json";
        try (InputStream in = Template.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException(name + " given; wanted: one of the packaged " + kind);
            }
            return new Template(resource, JSON.readValue(in, new TypeReference<TreeMap<String, String>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException("packaged file " + resource + " cannot be read", e);
        }
    }

    Map<String, String> fill(Map<String, String> values) {
        Map<String, String> filled = new TreeMap<>();
        entries.forEach((key, value) -> filled.put(key, fill(key, value, values)));
        return filled;
    }

    private String fill(String key, String text, Map<String, String> values) {
        return PLACE.matcher(text).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalArgumentException(
                        place.group(1) + ": nothing given; wanted by " + key + " of the packaged " + name);
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
