package io.towpath.transforms.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;

class CompatibilityTest {

    private static final Schema.Type[] PRIMITIVES = {
        Schema.Type.INT32,
        Schema.Type.INT64,
        Schema.Type.FLOAT32,
        Schema.Type.FLOAT64,
        Schema.Type.BOOLEAN,
        Schema.Type.STRING,
        Schema.Type.BYTES
    };

    /** 20,000 pairs, mostly one or two mutations apart, so that both answers come up often. */
    @Test
    void theRulesAreThoseOfAvro() {
        long seed = 20260103;
        Random random = new Random(seed);
        int readable = 0;
        int pairs = 20_000;
        for (int i = 0; i < pairs; i++) {
            Schema writer = struct(random, 3);
            Schema reader = random.nextInt(10) == 0 ? struct(random, 3) : mutated(writer, random);
            boolean avro = avro(reader, writer);
            readable += avro ? 1 : 0;
            assertThat(Compatibility.reading(reader, writer).isEmpty())
                    .as(
                            "seed %d, pair %d: reader %s, writer %s",
                            seed, i, AvroSchemas.of(reader), AvroSchemas.of(writer))
                    .isEqualTo(avro);
        }
        assertThat(readable).as("both answers").isBetween(pairs / 10, pairs * 9 / 10);
    }

    private static boolean avro(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(AvroSchemas.of(reader), AvroSchemas.of(writer))
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    @Test
    void aLogicalTypeIsPartOfTheContract() {
        assertThat(Compatibility.reading(Timestamp.SCHEMA, Schema.INT64_SCHEMA)).isPresent();
        assertThat(Compatibility.reading(Decimal.schema(2), Decimal.schema(3))).isPresent();
        assertThat(Compatibility.reading(Decimal.schema(2), Decimal.schema(2))).isEmpty();
    }

    @Test
    void smallNumbersMayGrowAndNotShrink() {
        assertThat(Compatibility.reading(Schema.INT32_SCHEMA, Schema.INT8_SCHEMA))
                .isEmpty();
        assertThat(Compatibility.reading(Schema.INT8_SCHEMA, Schema.INT32_SCHEMA))
                .isPresent();
    }

    @Test
    void aProblemSaysWhereItLies() {
        Schema old = SchemaBuilder.struct()
                .field("a", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
                .build();
        Schema next = SchemaBuilder.struct()
                .field("a", SchemaBuilder.array(Schema.INT64_SCHEMA).build())
                .build();
        assertThat(Compatibility.reading(next, old))
                .contains(new Compatibility.Problem("a[]", "written as STRING, read as INT64"));
    }

    private static Schema struct(Random random, int depth) {
        SchemaBuilder builder = SchemaBuilder.struct().name("R" + depth);
        for (String name : names(random)) {
            builder.field(name, any(random, depth - 1));
        }
        return optionally(builder, random).build();
    }

    private static List<String> names(Random random) {
        List<String> names = new ArrayList<>(List.of("a", "b", "c", "d"));
        names.removeIf(name -> random.nextInt(3) == 0);
        return names;
    }

    private static Schema any(Random random, int depth) {
        int choice = depth == 0 ? 0 : random.nextInt(6);
        return switch (choice) {
            case 1 -> struct(random, depth);
            case 2 ->
                optionally(SchemaBuilder.array(any(random, depth - 1)), random).build();
            case 3 ->
                optionally(SchemaBuilder.map(Schema.STRING_SCHEMA, any(random, depth - 1)), random)
                        .build();
            default -> primitive(random);
        };
    }

    private static Schema primitive(Random random) {
        SchemaBuilder builder = new SchemaBuilder(PRIMITIVES[random.nextInt(PRIMITIVES.length)]);
        boolean withDefault = random.nextInt(3) == 0 && AvroSchemas.sample(builder.type()) != null;
        SchemaBuilder maybe = optionally(builder, random);
        return (withDefault ? maybe.defaultValue(AvroSchemas.sample(builder.type())) : maybe).build();
    }

    private static SchemaBuilder optionally(SchemaBuilder builder, Random random) {
        return random.nextInt(3) == 0 ? builder.optional() : builder.required();
    }

    /** The same struct with one field gone, one more, or one of another type. */
    private static Schema mutated(Schema schema, Random random) {
        SchemaBuilder builder = SchemaBuilder.struct().name(schema.name());
        int change = random.nextInt(4);
        int at = schema.fields().isEmpty() ? 0 : random.nextInt(schema.fields().size());
        for (var field : schema.fields()) {
            boolean here = field.index() == at;
            if (here && change == 0) {
                continue;
            }
            boolean nested = here && change == 1 && field.schema().type() == Schema.Type.STRUCT;
            Schema other =
                    nested ? mutated(field.schema(), random) : here && change == 1 ? any(random, 1) : field.schema();
            builder.field(field.name(), other);
        }
        if (change == 2) {
            builder.field("e", any(random, 1));
        }
        return (schema.isOptional() ? builder.optional() : builder.required()).build();
    }
}
