package io.towpath.activity.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTextTest {

    private static final Schema POINT = SchemaBuilder.struct()
            .field("x", Schema.FLOAT64_SCHEMA)
            .field("label", Schema.OPTIONAL_STRING_SCHEMA)
            .field("at", Timestamp.SCHEMA)
            .build();

    private static final Schema VARIABLE = SchemaBuilder.struct()
            .name("io.debezium.data.VariableScaleDecimal")
            .field("scale", Schema.INT32_SCHEMA)
            .field("value", Schema.BYTES_SCHEMA)
            .build();

    private static final java.util.Date NEW_YEAR = java.util.Date.from(Instant.parse("2026-01-01T10:15:30.123Z"));

    /** value, schema, its JSON, its text. */
    static Stream<Arguments> values() {
        return Stream.of(
                of(null, Schema.OPTIONAL_STRING_SCHEMA, "null", null),
                of("a\"b", Schema.STRING_SCHEMA, "\"a\\\"b\"", "a\"b"),
                of(true, null, "true", "true"),
                of((byte) 7, Schema.INT8_SCHEMA, "7", "7"),
                of(Long.MAX_VALUE, Schema.INT64_SCHEMA, "9223372036854775807", "9223372036854775807"),
                of(1.5f, Schema.FLOAT32_SCHEMA, "1.5", "1.5"),
                of(Double.NaN, Schema.FLOAT64_SCHEMA, "\"NaN\"", "NaN"),
                of(
                        new BigDecimal("12345678901234567890.10"),
                        Decimal.schema(2),
                        "12345678901234567890.10",
                        "12345678901234567890.10"),
                of(new BigDecimal("1E+3"), Decimal.schema(-3), "1000", "1000"),
                of(
                        new Struct(VARIABLE)
                                .put("scale", 3)
                                .put("value", ByteBuffer.wrap(new BigInteger("-1230").toByteArray())),
                        VARIABLE,
                        "-1.230",
                        "-1.230"),
                of(new byte[] {1, 2, 3}, Schema.BYTES_SCHEMA, "\"AQID\"", "AQID"),
                of(ByteBuffer.wrap(new byte[] {1, 2, 3}), Schema.BYTES_SCHEMA, "\"AQID\"", "AQID"),
                iso(NEW_YEAR, Timestamp.SCHEMA, "2026-01-01T10:15:30.123Z"),
                iso(NEW_YEAR, null, "2026-01-01T10:15:30.123Z"),
                iso(NEW_YEAR, Date.SCHEMA, "2026-01-01"),
                iso(new java.util.Date(36_930_000), Time.SCHEMA, "10:15:30"),
                iso(20454, debezium("Date"), "2026-01-01"),
                iso(36_900_000, debezium("Time"), "10:15:00"),
                iso(36_900_000_001L, debezium("MicroTime"), "10:15:00.000001"),
                iso(36_900_000_000_001L, debezium("NanoTime"), "10:15:00.000000001"),
                iso(-3_600_000_000L, debezium("MicroTime"), "PT-1H"),
                iso(1767262530123L, debezium("Timestamp"), "2026-01-01T10:15:30.123"),
                iso(1767262530123456L, debezium("MicroTimestamp"), "2026-01-01T10:15:30.123456"),
                iso(-1L, debezium("MicroTimestamp"), "1969-12-31T23:59:59.999999"),
                iso(1767262530123456789L, debezium("NanoTimestamp"), "2026-01-01T10:15:30.123456789"),
                iso("2026-01-01T10:15:30Z", debeziumText("ZonedTimestamp"), "2026-01-01T10:15:30Z"),
                iso(5_400_000_000L, debezium("MicroDuration"), "PT1H30M"),
                of(2026, debezium("Year"), "2026", "2026"),
                of("{\"a\": [1.10]}", json(), "{\"a\":[1.10]}", "{\"a\": [1.10]}"),
                of("not json", json(), "\"not json\"", "not json"),
                of(
                        new Struct(POINT).put("x", 0.5).put("at", NEW_YEAR),
                        POINT,
                        "{\"x\":0.5,\"label\":null,\"at\":\"2026-01-01T10:15:30.123Z\"}",
                        "{\"x\":0.5,\"label\":null,\"at\":\"2026-01-01T10:15:30.123Z\"}"),
                of(
                        Arrays.asList(20454, null),
                        SchemaBuilder.array(debezium("Date")).build(),
                        "[\"2026-01-01\",null]",
                        "[\"2026-01-01\",null]"),
                of(
                        Map.of("k", 20454),
                        SchemaBuilder.map(Schema.STRING_SCHEMA, debezium("Date"))
                                .build(),
                        "{\"k\":\"2026-01-01\"}",
                        "{\"k\":\"2026-01-01\"}"),
                of(List.of(Map.of("a", 1)), null, "[{\"a\":1}]", "[{\"a\":1}]"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyTypeHasItsJsonAndItsText(Object value, Schema schema, String json, String text) {
        assertThat(JsonText.of(value, schema)).isEqualTo(json);
        assertThat(Scalar.text(value, schema)).isEqualTo(text);
    }

    @Test
    void anInstantIsWrittenAsTheJdkWritesIt() {
        long seed = 3;
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long seconds = random.nextLong() >> (20 + random.nextInt(40));
            long nanos =
                    random.nextInt(1_000_000_000) / (int) Math.pow(1000, random.nextInt(4)) * 1000L % 1_000_000_000;
            Instant instant = Instant.ofEpochSecond(seconds, nanos);
            assertThat(IsoInstant.of(instant)).as("seed %d", seed).isEqualTo(instant.toString());
        }
        for (String text : List.of("0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "-0001-12-31T23:59:59Z")) {
            assertThat(IsoInstant.of(Instant.parse(text))).isEqualTo(text);
        }
    }

    private static Arguments of(Object value, Schema schema, String json, String text) {
        return Arguments.of(value, schema, json, text);
    }

    private static Arguments iso(Object value, Schema schema, String text) {
        return Arguments.of(value, schema, '"' + text + '"', text);
    }

    private static Schema debezium(String name) {
        return SchemaBuilder.int64().name("io.debezium.time." + name).build();
    }

    private static Schema debeziumText(String name) {
        return SchemaBuilder.string().name("io.debezium.time." + name).build();
    }

    private static Schema json() {
        return SchemaBuilder.string().name(JsonText.JSON).build();
    }
}
