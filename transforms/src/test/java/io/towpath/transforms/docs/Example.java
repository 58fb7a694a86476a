package io.towpath.transforms.docs;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.towpath.transforms.Records;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;

/**
 * An example of the reference: what an operator writes, and what becomes of some records.
 *
 * @param about one sentence
 * @param config lines of a connector's configuration
 * @param secrets what a ConfigProvider would answer; null for none
 * @param schemaless whether the records come without schemas
 * @param records what goes in, and what comes out, null for nothing
 */
record Example(String about, String config, Map<String, String> secrets, boolean schemaless, List<Step> records) {

    record Step(Map<String, Object> given, Map<String, Object> then) {}

    /** A link of the chain, and when it applies. */
    private record Link(Transformation<SourceRecord> transform, Predicate<SourceRecord> predicate, boolean negate) {
        SourceRecord apply(SourceRecord record) {
            return predicate == null || predicate.test(record) != negate ? transform.apply(record) : record;
        }
    }

    static Example read(String name) throws IOException {
        return new YAMLMapper()
                .readValue(
                        Path.of("src/test/resources/examples/" + name + ".yaml").toFile(), Example.class);
    }

    /** What the chain makes of a record; null where a link drops it. */
    interface Chain {
        Map<String, Object> apply(Map<String, Object> given);
    }

    /** The chain as a worker builds it from the configuration. */
    Chain chain() throws ReflectiveOperationException, IOException {
        Map<String, String> all = properties();
        List<Link> links = new ArrayList<>();
        for (String name : all.get("transforms").split(",", -1)) {
            Map<String, String> own = below(all, "transforms." + name + ".");
            String predicate = own.get("predicate");
            links.add(new Link(
                    transform(own),
                    predicate == null ? null : predicate(below(all, "predicates." + predicate + ".")),
                    Boolean.parseBoolean(own.get("negate"))));
        }
        return given -> {
            SourceRecord record = schemaless ? Records.schemaless(given) : Records.withSchema(given);
            for (Link link : links) {
                record = record == null ? null : link.apply(record);
            }
            return Records.plain(record);
        };
    }

    private Map<String, String> properties() throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(config));
        Map<String, String> all = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(key -> {
            String value = properties.getProperty(key);
            all.put(key, secrets == null ? value : secrets.getOrDefault(value, value));
        });
        return all;
    }

    private static Map<String, String> below(Map<String, String> all, String prefix) {
        Map<String, String> own = new LinkedHashMap<>();
        all.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                own.put(key.substring(prefix.length()), value);
            }
        });
        return own;
    }

    private static <T extends Configurable> T configured(Map<String, String> own, Class<T> kind)
            throws ReflectiveOperationException {
        T plugin = kind.cast(
                Class.forName(own.get("type")).getDeclaredConstructor().newInstance());
        plugin.configure(own);
        return plugin;
    }

    @SuppressWarnings("unchecked")
    private static Transformation<SourceRecord> transform(Map<String, String> own) throws ReflectiveOperationException {
        return (Transformation<SourceRecord>) configured(own, Transformation.class);
    }

    @SuppressWarnings("unchecked")
    private static Predicate<SourceRecord> predicate(Map<String, String> own) throws ReflectiveOperationException {
        return (Predicate<SourceRecord>) configured(own, Predicate.class);
    }
}
