package io.towpath.transforms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activity.value.JsonText;
import io.towpath.activity.value.Scalar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * Applies a {@link FieldTree} to a key or value: copies what lies on the way to a changed field and shares the rest.
 * Fields of other types become text, and their schemas with them.
 */
final class Rewriting {

    private static final int SCHEMAS = 64;

    private final FieldTree tree;
    private final boolean missingIsAllowed;
    private final SchemaCache<RewrittenSchema> schemas;

    Rewriting(FieldTree tree, boolean missingIsAllowed) {
        this.tree = tree;
        this.missingIsAllowed = missingIsAllowed;
        this.schemas = new SchemaCache<>(SCHEMAS, schema -> RewrittenSchema.of(schema, tree));
    }

    /** The schema of the rewritten value; null for null. */
    Schema schema(Schema schema) {
        return schema == null || tree.isEmpty() ? schema : schemas.get(schema).schema();
    }

    /** @throws DataException a field is not there and must be; its path is named, no value is */
    Object value(Schema schema, Object value, Instant at) {
        if (value == null || tree.isEmpty()) {
            return value;
        }
        return rewrite(tree, schema, schema == null ? null : schemas.get(schema), value, at);
    }

    void close() {
        schemas.clear();
    }

    private Object rewrite(FieldTree node, Schema schema, RewrittenSchema plan, Object value, Instant at) {
        if (value == null) {
            return null;
        }
        if (value instanceof List<?> list) {
            Schema element = schema == null ? null : schema.valueSchema();
            List<Object> copy = new ArrayList<>(list.size());
            for (Object inside : list) {
                copy.add(rewrite(node, element, plan == null ? null : plan.element(), inside, at));
            }
            return copy;
        }
        if (node.change() != null) {
            return node.change().of(Scalar.text(value, schema), at);
        }
        if (value instanceof Struct struct) {
            return struct(plan, struct, at);
        }
        if (value instanceof Map<?, ?> map) {
            return map(node, schema, map, at);
        }
        return json(node, value, at);
    }

    private Struct struct(RewrittenSchema plan, Struct struct, Instant at) {
        Struct copy = new Struct(plan.schema());
        for (RewrittenSchema.Step step : plan.steps()) {
            Object value = step.read(struct);
            if (step.leaf() && value instanceof String text) {
                value = step.node().change().of(text, at);
            } else if (step.node() != null) {
                value = rewrite(step.node(), step.from().schema(), step.inside(), value, at);
            }
            copy.put(step.to(), value);
        }
        for (FieldTree node : plan.missing()) {
            missing(node);
        }
        return copy;
    }

    private Map<Object, Object> map(FieldTree node, Schema schema, Map<?, ?> map, Instant at) {
        Map<Object, Object> copy = new LinkedHashMap<>(map);
        Schema inside = schema == null ? null : schema.valueSchema();
        node.children().forEach((name, child) -> {
            if (!map.containsKey(name)) {
                missing(child);
            }
            copy.computeIfPresent(name, (key, value) -> rewrite(child, inside, null, value, at));
        });
        return copy;
    }

    /** Text that holds JSON, e.g. an activity's data: opened, changed, written again. */
    private Object json(FieldTree node, Object value, Instant at) {
        JsonNode tree = value instanceof String text ? JsonText.parse(text) : null;
        if (tree == null || !tree.isContainerNode()) {
            node.children().values().forEach(this::missing);
            return value;
        }
        rewriteTree(node, tree, at);
        return JsonText.of(tree, null);
    }

    private void rewriteTree(FieldTree node, JsonNode container, Instant at) {
        if (container instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode element = array.get(i);
                if (node.change() == null || element.isContainerNode()) {
                    rewriteTree(node, element, at);
                } else if (!element.isNull()) {
                    array.set(i, node.change().of(Scalar.text(element, null), at));
                }
            }
        } else if (container instanceof ObjectNode object) {
            node.children().forEach((name, child) -> rewriteField(object, name, child, at));
        } else if (!container.isNull()) {
            node.children().values().forEach(this::missing);
        }
    }

    private void rewriteField(ObjectNode object, String name, FieldTree child, Instant at) {
        JsonNode value = object.get(name);
        if (value == null) {
            missing(child);
        } else if (child.change() == null || value.isArray()) {
            rewriteTree(child, value, at);
        } else if (!value.isNull()) {
            object.put(name, child.change().of(Scalar.text(value, null), at));
        }
    }

    private void missing(FieldTree node) {
        if (!missingIsAllowed) {
            throw new DataException("the record has no field " + node.path()
                    + ", and a name that fits nothing may hide a field that should not leave: correct the list, or set "
                    + "missing=ignore");
        }
    }
}
