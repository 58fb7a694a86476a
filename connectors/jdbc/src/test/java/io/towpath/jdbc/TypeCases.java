package io.towpath.jdbc;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** Every type that a record may carry, with a value of it. */
@SuppressWarnings("JavaUtilDate") // Connect's own logical types
final class TypeCases {
    /** One type; {@code name} is how the documentation calls it. */
    record TypeCase(String name, Schema schema, Object value) {}

    static final List<TypeCase> ALL = List.of(
            new TypeCase("boolean", Schema.BOOLEAN_SCHEMA, true),
            new TypeCase("int8", Schema.INT8_SCHEMA, (byte) 1),
            new TypeCase("int16", Schema.INT16_SCHEMA, (short) 300),
            new TypeCase("int32", Schema.INT32_SCHEMA, 70_000),
            new TypeCase("int64", Schema.INT64_SCHEMA, 5_000_000_000L),
            new TypeCase("float32", Schema.FLOAT32_SCHEMA, 1.5f),
            new TypeCase("float64", Schema.FLOAT64_SCHEMA, 2.25d),
            new TypeCase("string", Schema.STRING_SCHEMA, "tide \\ \"quoted\" 'é'"),
            new TypeCase("bytes", Schema.BYTES_SCHEMA, ByteBuffer.wrap(new byte[] {0, 1, -1})),
            new TypeCase(
                    "array of string", SchemaBuilder.array(Schema.STRING_SCHEMA).build(), List.of("a,b", "{\"c\"}")),
            new TypeCase(
                    "array of int32", SchemaBuilder.array(Schema.INT32_SCHEMA).build(), List.of(1, 2)),
            new TypeCase(
                    "map",
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA).build(),
                    Map.of("a", 1)),
            new TypeCase("Connect Decimal, no precision", Decimal.schema(2), new BigDecimal("12.30")),
            new TypeCase(
                    "Connect Decimal, precision 10",
                    Decimal.builder(2)
                            .parameter("connect.decimal.precision", "10")
                            .build(),
                    new BigDecimal("12.30")),
            new TypeCase("Connect Date", org.apache.kafka.connect.data.Date.SCHEMA, new Date(0)),
            new TypeCase("Connect Time", Time.SCHEMA, new Date(3_600_000)),
            new TypeCase("Connect Timestamp", Timestamp.SCHEMA, new Date(1_767_225_600_123L)),
            debezium("time.Date", SchemaBuilder.int32(), 20_454),
            debezium("time.Time", SchemaBuilder.int32(), 3_600_000),
            debezium("time.MicroTime", SchemaBuilder.int64(), 3_600_000_001L),
            debezium("time.NanoTime", SchemaBuilder.int64(), 3_600_000_001_000L),
            debezium("time.Timestamp", SchemaBuilder.int64(), 1_767_225_600_123L),
            debezium("time.MicroTimestamp", SchemaBuilder.int64(), 1_767_225_600_123_456L),
            debezium("time.NanoTimestamp", SchemaBuilder.int64(), 1_767_225_600_123_456_000L),
            debezium("time.ZonedTimestamp", SchemaBuilder.string(), "2026-01-01T02:00:00.5+02:00"),
            debezium("time.ZonedTime", SchemaBuilder.string(), "12:00:00Z"),
            debezium("time.Year", SchemaBuilder.int32(), 2026),
            debezium("time.MicroDuration", SchemaBuilder.int64(), 90_000_000L),
            debezium("time.Interval", SchemaBuilder.string(), "P1Y2M3DT4H5M6S"),
            debezium("data.Json", SchemaBuilder.string(), "{\"a\": [1, null]}"),
            debezium("data.Uuid", SchemaBuilder.string(), "123e4567-e89b-12d3-a456-426614174000"),
            debezium("data.Xml", SchemaBuilder.string(), "<a>1</a>"),
            debezium("data.Enum", SchemaBuilder.string(), "open"),
            debezium("data.Bits", SchemaBuilder.bytes(), new byte[] {5, 0}));

    private TypeCases() {}

    private static TypeCase debezium(String name, SchemaBuilder schema, Object value) {
        return new TypeCase(
                "Debezium " + name.substring(name.indexOf('.') + 1),
                schema.name("io.debezium." + name).build(),
                value);
    }
}
