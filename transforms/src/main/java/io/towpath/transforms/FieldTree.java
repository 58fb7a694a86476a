package io.towpath.transforms;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which fields of a record's part get which new text: {@code actor.id}, {@code items.email}, through JSON as well. */
final class FieldTree {

    /** A new text for an old one; {@code at} is the record's time, null where it has none. */
    @FunctionalInterface
    interface Change {
        String of(String text, Instant at);
    }

    private final String path;
    private final Map<String, FieldTree> children = new LinkedHashMap<>();
    private Change change;

    FieldTree(String path) {
        this.path = path;
    }

    /**
     * Puts a change at a place; answers whether the place was still free.
     *
     * @param names where, from here; none: this very place
     */
    boolean put(Iterable<String> names, Change wanted) {
        FieldTree node = this;
        for (String name : names) {
            if (node.change != null) {
                return false;
            }
            String at = node.path + "." + name;
            node = node.children.computeIfAbsent(name, key -> new FieldTree(at));
        }
        boolean free = node.change == null && node.children.isEmpty();
        node.change = wanted;
        return free;
    }

    /** As the operator wrote it, for messages. */
    String path() {
        return path;
    }

    boolean isEmpty() {
        return change == null && children.isEmpty();
    }

    /** Null where the place itself stays and something inside it changes. */
    Change change() {
        return change;
    }

    FieldTree child(String name) {
        return children.get(name);
    }

    Map<String, FieldTree> children() {
        return children;
    }
}
