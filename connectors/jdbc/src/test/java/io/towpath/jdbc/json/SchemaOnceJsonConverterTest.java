package io.towpath.jdbc.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaOnceJsonConverterTest {
    private static final String TOPIC = "orders";
    private static final long SEED = 20_261_122;

    private static final Schema ROW = SchemaBuilder.struct()
            .name("shop.orders.Value")
            .optional()
            .field("id", Schema.INT64_SCHEMA)
            .field("note", Schema.OPTIONAL_STRING_SCHEMA)
            .field("total", Decimal.builder(2).optional().build())
            .field("at", Timestamp.builder().optional().build())
            .field("photo", Schema.OPTIONAL_BYTES_SCHEMA)
            .field("status", SchemaBuilder.string().defaultValue("NEW").build())
            .field("tags", SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build())
            .field(
                    "counts",
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA)
                            .optional()
                            .build())
            .build();
    private static final Schema ENVELOPE = SchemaBuilder.struct()
            .name("shop.orders.Envelope")
            .field("before", ROW)
            .field("after", ROW)
            .field("op", Schema.STRING_SCHEMA)
            .build();

    /** Without a cache JsonConverter makes each record's schema anew: it tells who parses again. */
    private static final Map<String, String> NO_CACHE = Map.of("schemas.cache.size", "0");

    private final Random random = new Random(SEED);
    private final AtomicLong nanos = new AtomicLong();
    private final Converter kafkas = configured(new JsonConverter(), NO_CACHE);
    private final Converter ours = configured(new SchemaOnceJsonConverter(nanos::get), NO_CACHE);

    private static Converter configured(Converter converter, Map<String, String> settings) {
        converter.configure(settings, false);
        return converter;
    }

    /** The invariant: over records as they are, and over records with bytes changed, cut out and put in. */
    @Test
    void convertsAsKafkasDoes() {
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] record = random.nextInt(3) == 0 ? damaged(record()) : record();
            refused += same(record) ? 0 : 1;
        }
        assertThat(refused).as("records that both refuse").isBetween(1_000, 19_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "7",
                "{\"schema\":null,\"payload\":{\"a\":1}}",
                "{\"payload\":7,\"schema\":{\"type\":\"int32\"}}",
                "{ \"schema\" : {\"type\":\"int32\"}, \"payload\" : 7 }",
                "{\"schema\":{\"type\":\"int32\"},\"payload\":7}",
                "{\"schema\":{\"type\":\"int32\"},\"payload\": 7}",
                "{\"schema\":{\"type\":\"int32\"},\"payload\":7 }",
                "{\"schema\":{\"type\":\"int32\"},\"payload\":7} trailing",
                "{\"schema\":{\"type\":\"int32\"},\"payload\":7 8}",
                "{\"schema\":{\"type\":\"int32\"},\"payload\":7,\"payload\":8}",
                "{\"schema\":{\"type\":\"int32\"},\"payload\":7,\"more\":8}",
                "{\"schema\":{\"type\":\"int32\"},\"payload\":}",
                "{\"schema\":{\"type\":\"int32\"},\"payload\":null}",
                "{\"schema\":{\"type\":\"int32\",\"optional\":true},\"payload\":null}",
                "{\"schema\":{\"type\":\"int32\",\"default\":9},\"payload\":null}",
                "{\"schema\":{\"type\":\"int32\"},\"payload\":\"seven\"}",
                "{\"schema\":{\"type\":\"number\"},\"payload\":7}",
                "{\"schema\":{\"type\":\"string\"},\"payload\":\"a\\\\\"}",
                "{\"schema\":{\"type\":\"string\"},\"payload\":\"a\\\"}\"}",
                "{\"schema\":{\"type\":\"string\"},\"payload\":\"a\"}}",
                "{\"schema\":{\"type\":\"array\",\"items\":{\"type\":\"int32\"}},\"payload\":[1,[2]}",
                "{\"schema\":{\"type\":\"array\",\"items\":{\"type\":\"int32\"}},\"payload\":[1,2]}",
                "{\"schema\":{\"type\":\"int32\"]},\"payload\":7}",
                "{\"schema\":{\"type\":\"int32\"",
                "{\"schema\":{\"type\":\"boolean\"},\"payload\":true]}",
                "{\"schema\":{\"type\":\"boolean\"},\"payload\":false-1}",
                "{\"schema\":{\"type\":\"string\",\"optional\":true},\"payload\":null\"x\"}",
                "{\"schema\":{\"type\":\"string\",\"optional\":true},\"payload\":null[}",
            })
    void convertsAsKafkasDoesWhatOthersWrite(String record) {
        same(record.getBytes(UTF_8));
        same(record.getBytes(UTF_8)); // its schema is known by now
    }

    @Test
    void aTombstoneStaysOne() {
        assertThat(ours.toConnectData(TOPIC, null)).isEqualTo(SchemaAndValue.NULL);
    }

    @Test
    void aSchemaIsParsedOnce() {
        byte[] first = kafkas.fromConnectData(TOPIC, ENVELOPE, change());
        byte[] second = kafkas.fromConnectData(TOPIC, ENVELOPE, change());
        assertThat(kafkas.toConnectData(TOPIC, second).schema())
                .isNotSameAs(kafkas.toConnectData(TOPIC, first).schema());
        assertThat(ours.toConnectData(TOPIC, second).schema())
                .isSameAs(ours.toConnectData(TOPIC, first).schema())
                .isSameAs(ours.toConnectData("another", first).schema());
    }

    @Test
    void whereMoreSchemasAlternateThanAreKeptTheRestIsForKafkas() {
        for (int round = 0; round < 3; round++) {
            for (int version = 0; version < 200; version++) {
                same(versioned(version));
            }
        }
        assertThat(isParsedOnce(versioned(63))).isTrue();
        assertThat(isParsedOnce(versioned(64))).isFalse();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(isParsedOnce(versioned(64))).as("a second later").isTrue();
        assertThat(isParsedOnce(versioned(0))).as("the eldest made way").isFalse();
        assertThat(isParsedOnce(versioned(63))).isTrue();
    }

    private static byte[] versioned(int version) {
        return "{\"schema\":{\"type\":\"string\",\"version\":%d},\"payload\":\"x\"}"
                .formatted(version)
                .getBytes(UTF_8);
    }

    private boolean isParsedOnce(byte[] record) {
        Schema first = ours.toConnectData(TOPIC, record).schema();
        return ours.toConnectData(TOPIC, record).schema() == first;
    }

    @Test
    void whatIsNoSchemaIsLookedAtOnce() {
        byte[] record = "{\"schema\":{\"type\":\"number\"},\"payload\":\"x\"}".getBytes(UTF_8);
        for (int i = 0; i < 1_000; i++) {
            assertThat(same(record)).isFalse();
        }
        for (int version = 0; version < 63; version++) {
            assertThat(isParsedOnce(versioned(version)))
                    .as("room for " + version)
                    .isTrue();
        }
    }

    @Test
    void configuredAgainItForgets() {
        byte[] record = kafkas.fromConnectData(
                TOPIC,
                SchemaBuilder.array(SchemaBuilder.int32().optional().defaultValue(3))
                        .build(),
                Arrays.asList(1, null));
        same(record);
        Map<String, String> other = Map.of("schemas.cache.size", "0", "replace.null.with.default", "false");
        configured(kafkas, other);
        configured(ours, other);
        assertThat(same(record)).isTrue();
    }

    @Test
    void aSchemaThatIsNotUtf8IsForKafkas() {
        byte[] record = "{\"schema\":{\"type\":\"int32\",\"doc\":\"?\"},\"payload\":7}".getBytes(UTF_8);
        record["{\"schema\":{\"type\":\"int32\",\"doc\":\"".length()] = (byte) 0xff;
        assertThat(same(record)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False", " false "})
    void withoutSchemasItIsKafkas(String asWritten) {
        assertKafkas(Map.of("schemas.enable", asWritten), "{\"schema\":{\"type\":\"string\"},\"payload\":\"x\"}");
    }

    @Test
    void aSchemaGivenByTheOperatorStays() {
        Map<String, String> settings = Map.of(
                "schema.content",
                "{\"type\":\"map\",\"keys\":{\"type\":\"string\"}," + "\"values\":{\"type\":\"string\"}}");
        assertKafkas(settings, "{\"a\":\"b\"}");
        assertKafkas(settings, "{\"schema\":{\"type\":\"string\"},\"payload\":\"x\"}");
    }

    @Test
    void noProviderLooksIntoSchemas() {
        Map<String, String> settings = Map.of(
                "config.providers", "dir",
                "config.providers.dir.class", "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
        assertKafkas(settings, "{\"schema\":{\"type\":\"string\",\"doc\":\"${dir:PATH}\"},\"payload\":\"x\"}");
    }

    private static void assertKafkas(Map<String, String> settings, String record) {
        byte[] bytes = record.getBytes(UTF_8);
        assertThat(configured(new SchemaOnceJsonConverter(), settings).toConnectData(TOPIC, bytes))
                .isEqualTo(configured(new JsonConverter(), settings).toConnectData(TOPIC, bytes));
    }

    /** Jackson refuses what is nested more than a thousand times, and counts from the record's own brace. */
    @Test
    void whatIsNestedTooDeeplyIsRefusedAsByKafkas() {
        String deep = "[".repeat(1_000) + "]".repeat(1_000);
        String any = "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}";
        assertThat(same("{\"schema\":%s,\"payload\":%s}".formatted(any, deep).getBytes(UTF_8)))
                .isFalse();
    }

    /** Of two bytes that Jackson takes for UTF-16 at the beginning of what it is given. */
    @Test
    void aZeroByteIsNoEncodingOfThePayloadAlone() throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.write("{\"schema\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"payload\":".getBytes(UTF_8));
        record.write("[\"\u2241\"]".getBytes(UTF_16LE));
        record.write("\"]}".getBytes(UTF_8));
        assertThat(same(record.toByteArray())).isFalse();
    }

    @Test
    void writesAsKafkasDoes() {
        Struct change = change();
        assertThat(ours.fromConnectData(TOPIC, ENVELOPE, change))
                .isEqualTo(kafkas.fromConnectData(TOPIC, ENVELOPE, change));
    }

    /** Whether both convert it; that both do the same is asserted. */
    private boolean same(byte[] record) {
        Object wanted = outcome(kafkas, record);
        assertThat(outcome(ours, record)).as(new String(record, UTF_8)).isEqualTo(wanted);
        return wanted instanceof SchemaAndValue;
    }

    private static Object outcome(Converter converter, byte[] record) {
        try {
            return converter.toConnectData(TOPIC, record);
        } catch (DataException refused) {
            return refused.getMessage();
        }
    }

    private byte[] record() {
        return switch (random.nextInt(10)) {
            case 0 -> kafkas.fromConnectData(TOPIC, Schema.OPTIONAL_STRING_SCHEMA, text());
            case 1 -> kafkas.fromConnectData(TOPIC, Schema.OPTIONAL_BOOLEAN_SCHEMA, random.nextBoolean());
            case 2 -> kafkas.fromConnectData(TOPIC, Schema.FLOAT64_SCHEMA, random.nextGaussian());
            default -> kafkas.fromConnectData(TOPIC, ENVELOPE, change());
        };
    }

    private byte[] damaged(byte[] record) {
        int at = random.nextInt(record.length);
        byte other = (byte) "{}[]\",: 1\\a\u0000".charAt(random.nextInt(12));
        return switch (random.nextInt(3)) {
            case 0 -> Arrays.copyOf(record, at);
            case 1 -> {
                byte[] changed = record.clone();
                changed[at] = other;
                yield changed;
            }
            default -> {
                byte[] longer = Arrays.copyOf(record, record.length + 1);
                System.arraycopy(record, at, longer, at + 1, record.length - at);
                longer[at] = other;
                yield longer;
            }
        };
    }

    private Struct change() {
        return new Struct(ENVELOPE).put("before", row()).put("after", row()).put("op", "u");
    }

    private Struct row() {
        if (random.nextInt(4) == 0) {
            return null;
        }
        Struct row = new Struct(ROW).put("id", random.nextLong()).put("status", text());
        return random.nextInt(4) == 0 ? row : filled(row);
    }

    private Struct filled(Struct row) {
        byte[] photo = new byte[random.nextInt(40)];
        random.nextBytes(photo);
        return row.put("note", text())
                .put("total", BigDecimal.valueOf(random.nextInt(), 2))
                .put("at", new Date(random.nextInt(1_000_000)))
                .put("photo", photo)
                .put("tags", List.of(text(), text()))
                .put("counts", Map.of(text(), random.nextInt()));
    }

    /** With all that a scanner of bytes could stumble over. */
    private String text() {
        List<String> parts =
                List.of("\"", "\\", "{", "}", "[", "]", ",", "\"payload\":", "é", "漢", "😀", "\n", "a", "\u0001");
        return String.join(
                "",
                IntStream.range(0, random.nextInt(6))
                        .mapToObj(i -> parts.get(random.nextInt(parts.size())))
                        .toList());
    }
}
