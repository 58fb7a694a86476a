package io.towpath.transforms;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;

/**
 * A schema after a {@link FieldTree}: changed fields are text. The same object where nothing had to change.
 *
 * @param schema the new schema
 * @param steps of a struct, field by field; empty for others
 * @param element of an array; null for others
 * @param missing what the tree names and the struct lacks
 */
record RewrittenSchema(Schema schema, List<Step> steps, RewrittenSchema element, List<FieldTree> missing) {

    /** One field: copied where {@code node} is null. */
    record Step(Field from, Field to, FieldTree node, RewrittenSchema inside) {}

    static RewrittenSchema of(Schema schema, FieldTree node) {
        if (schema.type() == Schema.Type.ARRAY) {
            RewrittenSchema element = of(schema.valueSchema(), node);
            boolean same = element.schema == schema.valueSchema();
            Schema array = same
                    ? schema
                    : copy(schema, SchemaBuilder.array(element.schema)).build();
            return new RewrittenSchema(array, List.of(), element, List.of());
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
        List<Step> steps = new ArrayList<>();
        for (Field field : schema.fields()) {
            FieldTree child = node.child(field.name());
            steps.add(new Step(field, result.field(field.name()), child, insides.get(field.index())));
        }
        List<FieldTree> missing = node.children().entrySet().stream()
                .filter(entry -> schema.field(entry.getKey()) == null)
                .map(java.util.Map.Entry::getValue)
                .filter(Objects::nonNull)
                .toList();
        return new RewrittenSchema(result, List.copyOf(steps), null, missing);
    }

    private static RewrittenSchema leaf(Schema schema) {
        return new RewrittenSchema(schema, List.of(), null, List.of());
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
