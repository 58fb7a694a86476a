package io.towpath.transforms;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/** A schema after a {@link FieldTree}: changed fields are text. The same object where nothing had to change. */
final class RewrittenSchema {

    private static final Step[] NO_STEPS = {};

    private final Schema schema;
    private final Step[] steps;
    private final RewrittenSchema element;
    private final List<FieldTree> missing;

    /** One field of a struct: copied where {@code node} is null. */
    record Step(Field from, Field to, FieldTree node, RewrittenSchema inside, boolean hasDefault) {

        /** Whether this very field changes: text, mostly. */
        boolean leaf() {
            return node != null && node.change() != null;
        }

        /** The value as it is stored, NULL even where the column has a default. */
        Object read(Struct struct) {
            return hasDefault ? struct.getWithoutDefault(from.name()) : struct.get(from);
        }
    }

    private RewrittenSchema(Schema schema, Step[] steps, RewrittenSchema element, List<FieldTree> missing) {
        this.schema = schema;
        this.steps = steps;
        this.element = element;
        this.missing = missing;
    }

    Schema schema() {
        return schema;
    }

    /** Of a struct, field by field; empty for others. Not to be written to. */
    Step[] steps() {
        return steps;
    }

    /** Of an array; null for others. */
    RewrittenSchema element() {
        return element;
    }

    /** What the tree names and the struct lacks. */
    List<FieldTree> missing() {
        return missing;
    }

    static RewrittenSchema of(Schema schema, FieldTree node) {
        if (schema.type() == Schema.Type.ARRAY) {
            RewrittenSchema element = of(schema.valueSchema(), node);
            boolean same = element.schema == schema.valueSchema();
            Schema array = same
                    ? schema
                    : copy(schema, SchemaBuilder.array(element.schema)).build();
            return new RewrittenSchema(array, NO_STEPS, element, List.of());
        }
        if (node.change() != null) {
            boolean text = schema.type() == Schema.Type.STRING && schema.name() == null;
            return leaf(text ? schema : schema.isOptional() ? Schema.OPTIONAL_STRING_SCHEMA : Schema.STRING_SCHEMA);
        }
        if (schema.type() == Schema.Type.STRUCT) {
            return struct(schema, node);
        }
        if (schema.type() == Schema.Type.MAP) {
            node.children().values().forEach(child -> requireText(schema.valueSchema(), child));
        }
        return leaf(schema);
    }

    private static RewrittenSchema struct(Schema schema, FieldTree node) {
        SchemaBuilder builder = copy(schema, SchemaBuilder.struct());
        List<RewrittenSchema> insides = new ArrayList<>();
        boolean changed = false;
        for (Field field : schema.fields()) {
            FieldTree child = node.child(field.name());
            RewrittenSchema inside = child == null ? null : of(field.schema(), child);
            insides.add(inside);
            changed |= inside != null && inside.schema != field.schema();
            builder.field(field.name(), inside == null ? field.schema() : inside.schema);
        }
        Schema result = changed ? builder.build() : schema;
        Step[] steps = schema.fields().stream()
                .map(field -> new Step(
                        field,
                        result.field(field.name()),
                        node.child(field.name()),
                        insides.get(field.index()),
                        field.schema().defaultValue() != null))
                .toArray(Step[]::new);
        List<FieldTree> missing = node.children().entrySet().stream()
                .filter(entry -> schema.field(entry.getKey()) == null)
                .map(Map.Entry::getValue)
                .toList();
        return new RewrittenSchema(result, steps, null, missing);
    }

    private static RewrittenSchema leaf(Schema schema) {
        return new RewrittenSchema(schema, NO_STEPS, null, List.of());
    }

    private static void requireText(Schema schema, FieldTree child) {
        if (schema.type() != Schema.Type.STRING) {
            throw new DataException(
                    "field " + child.path() + " lies in a map whose values are not text: they share one schema");
        }
    }

    /** Everything but the default value: that is of the old fields. */
    private static SchemaBuilder copy(Schema schema, SchemaBuilder builder) {
        builder.name(schema.name()).version(schema.version()).doc(schema.doc());
        if (schema.parameters() != null) {
            builder.parameters(schema.parameters());
        }
        return schema.isOptional() ? builder.optional() : builder.required();
    }
}
