package io.towpath.bench.sink;

import io.apicurio.registry.utils.converter.AvroConverter;
import io.towpath.jdbc.json.SchemaOnceJsonConverter;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.Converter;

/**
 * How records are written in a topic.
 *
 * @param converter class of the converter
 * @param settings the converter's own
 */
record Format(String name, Class<? extends Converter> converter, Map<String, String> settings) {

    /** As Connect's converter writes it by default: every record repeats its schema, and is read by the same converter. */
    static Format json() {
        return new Format("json", JsonConverter.class, Map.of("schemas.enable", "true"));
    }

    /** The same bytes, read by our converter. */
    static Format schemaOnce() {
        return new Format("json_schema_once", SchemaOnceJsonConverter.class, Map.of("schemas.enable", "true"));
    }

    static Format avro(URI registry) {
        return new Format(
                "avro",
                AvroConverter.class,
                Map.of(
                        "apicurio.registry.url", registry.toString(),
                        "apicurio.registry.auto-register", "true",
                        "apicurio.registry.find-latest", "false",
                        "apicurio.registry.headers.enabled", "false",
                        "apicurio.registry.as-confluent", "true",
                        "apicurio.registry.use-id", "contentId"));
    }

    boolean isText() {
        return converter != AvroConverter.class;
    }

    /** A converter in this JVM. */
    Converter open(boolean key) {
        try {
            Converter one = converter.getDeclaredConstructor().newInstance();
            one.configure(settings, key);
            return one;
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What a connector is told. */
    Map<String, String> config() {
        Map<String, String> config = new HashMap<>();
        for (String side : new String[] {"key.converter", "value.converter"}) {
            config.put(side, converter.getName());
            settings.forEach((name, value) -> config.put(side + "." + name, value));
        }
        return config;
    }
}
