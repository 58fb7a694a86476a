package io.towpath.activity.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Connect values as JSON text, streamed. Decimals are numbers with all their digits; see {@link Scalar} for the rest. */
public final class JsonText {

    /** Debezium's name for a string that holds JSON. */
    public static final String JSON = "io.debezium.data.Json";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JsonText() {}

    /** Writes one JSON text. */
    @FunctionalInterface
    public interface Body {
        void writeTo(JsonGenerator generator) throws IOException;
    }

    public static String of(Object value, Schema schema) {
        return of(generator -> write(generator, value, schema));
    }

    public static String of(Body body) {
        SegmentedStringWriter text =
                new SegmentedStringWriter(MAPPER.getFactory()._getBufferRecycler());
        try (JsonGenerator generator = MAPPER.getFactory().createGenerator(text)) {
            body.writeTo(generator);
            generator.flush();
            return text.getAndClear();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory", e);
        }
    }

    /** The tree of a JSON text; null when it is none. The text never enters an exception. */
    public static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    /** The tree of a JSON text in UTF-8; null when it is none. */
    public static JsonNode parse(ByteBuffer utf8) {
        byte[] bytes = new byte[utf8.remaining()];
        utf8.duplicate().get(bytes);
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException notJson) {
            return null;
        }
    }

    public static void write(JsonGenerator generator, Object value, Schema schema) throws IOException {
        Object plain = Scalar.of(value, schema);
        if (plain == null) {
            generator.writeNull();
        } else if (plain instanceof String text) {
            writeText(generator, text, schema);
        } else if (plain instanceof Number number) {
            writeNumber(generator, number);
        } else if (plain instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else if (plain instanceof Struct struct) {
            writeStruct(generator, struct);
        } else if (plain instanceof Map<?, ?> map) {
            writeMap(generator, map, schema);
        } else if (plain instanceof Collection<?> list) {
            writeList(generator, list, schema);
        } else if (plain instanceof JsonNode node) {
            MAPPER.writeTree(generator, node);
        } else {
            generator.writeString(plain.toString());
        }
    }

    /** A column of JSON enters as JSON, not as a string that holds it. */
    private static void writeText(JsonGenerator generator, String text, Schema schema) throws IOException {
        JsonNode tree = schema != null && JSON.equals(schema.name()) ? parse(text) : null;
        if (tree != null) {
            MAPPER.writeTree(generator, tree);
        } else {
            generator.writeString(text);
        }
    }

    private static void writeNumber(JsonGenerator generator, Number number) throws IOException {
        if (number instanceof BigDecimal decimal) {
            generator.writeNumber(decimal);
        } else if (number instanceof BigInteger integer) {
            generator.writeNumber(integer);
        } else if (number instanceof Double real) {
            generator.writeNumber(real);
        } else if (number instanceof Float real) {
            generator.writeNumber(real);
        } else {
            generator.writeNumber(number.longValue());
        }
    }

    private static void writeStruct(JsonGenerator generator, Struct struct) throws IOException {
        generator.writeStartObject();
        for (Field field : struct.schema().fields()) {
            generator.writeFieldName(field.name());
            write(generator, struct.getWithoutDefault(field.name()), field.schema());
        }
        generator.writeEndObject();
    }

    private static void writeMap(JsonGenerator generator, Map<?, ?> map, Schema schema) throws IOException {
        generator.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            generator.writeFieldName(Scalar.text(entry.getKey(), schema == null ? null : schema.keySchema()));
            write(generator, entry.getValue(), schema == null ? null : schema.valueSchema());
        }
        generator.writeEndObject();
    }

    private static void writeList(JsonGenerator generator, Collection<?> list, Schema schema) throws IOException {
        generator.writeStartArray();
        for (Object element : list) {
            write(generator, element, schema == null ? null : schema.valueSchema());
        }
        generator.writeEndArray();
    }
}
