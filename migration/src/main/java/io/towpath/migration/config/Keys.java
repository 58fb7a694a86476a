package io.towpath.migration.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** One mapping of a YAML file, read key by key; mistakes are gathered, each as "key: given; wanted". */
final class Keys {

    private final String path;
    private final JsonNode node;
    private final List<String> mistakes;

    private Keys(String path, JsonNode node, List<String> mistakes) {
        this.path = path;
        this.node = node;
        this.mistakes = mistakes;
    }

    static Keys root(JsonNode node) {
        return new Keys("", node, new ArrayList<>());
    }

    List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    /** The mapping below {@code key}; an empty one, and a mistake if {@code needed}, when it is absent. */
    Keys below(String key, boolean needed) {
        JsonNode child = node.path(key);
        if (!child.isObject() && (needed || !child.isMissingNode())) {
            mistake(key, given(child), "a mapping");
        }
        return new Keys(path + key + ".", child.isObject() ? child : MissingNode.getInstance(), mistakes);
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    void onlyKnown(Predicate<String> known, String wanted) {
        names().stream().filter(known.negate()).forEach(key -> mistake(key, "an unknown key", wanted));
    }

    String text(String key, Predicate<String> valid, String wanted) {
        JsonNode value = node.path(key);
        if (!value.isValueNode() || value.isNull() || !valid.test(value.asText())) {
            mistake(key, given(value), wanted);
            return "";
        }
        return value.asText();
    }

    /** As {@link #text}, with a default for an absent key. */
    String text(String key, String otherwise, Predicate<String> valid, String wanted) {
        return node.has(key) ? text(key, valid, wanted) : otherwise;
    }

    boolean flag(String key, boolean otherwise) {
        return Boolean.parseBoolean(
                text(key, Boolean.toString(otherwise), v -> v.equals("true") || v.equals("false"), "true or false"));
    }

    List<String> list(String key, Predicate<String> valid, String wanted) {
        List<String> values = new ArrayList<>();
        JsonNode list = node.path(key);
        if (!list.isMissingNode() && !list.isArray()) {
            mistake(key, given(list), "a list of " + wanted);
        }
        for (JsonNode value : list) {
            if (value.isValueNode() && valid.test(value.asText())) {
                values.add(value.asText());
            } else {
                mistake(key, given(value), wanted);
            }
        }
        return values;
    }

    void mistake(String key, String given, String wanted) {
        mistakes.add(path + key + ": " + given + "; wanted: " + wanted);
    }

    /** What stands in the file, unless it may be a secret. */
    private static String given(JsonNode value) {
        if (value.isMissingNode()
                || value.isNull()
                || (value.isValueNode() && value.asText().isEmpty())) {
            return "nothing given";
        }
        return value.isValueNode() ? "\"" + value.asText() + "\" given" : "a " + value.getNodeType() + " given";
    }
}
