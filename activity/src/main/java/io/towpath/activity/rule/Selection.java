package io.towpath.activity.rule;

import com.fasterxml.jackson.core.JsonGenerator;
import io.towpath.activity.rule.Images.Which;
import io.towpath.activity.value.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;

/**
 * The columns and fields that enter {@code data} or {@code context}: a tree, so that {@code address.city} comes out as
 * {@code {"address":{"city":…}}}. What is not named is not read. NULL is written as null; what the source did not send is
 * left out.
 */
final class Selection {

    static final Selection NOTHING = new Selection(List.of(), false);

    private static final String ALL_INSIDE = ".*";

    private final List<Path> paths;
    private final boolean spread;
    private final Node root;

    /** @param spread whether it is all that lies inside the one path */
    private Selection(List<Path> paths, boolean spread) {
        this.paths = List.copyOf(paths);
        this.spread = spread;
        this.root = new Node("");
        for (Path path : paths) {
            Node node = path.which() == Which.CURRENT
                    ? root
                    : root.child(path.which().name().toLowerCase(Locale.ROOT));
            node = node.child(path.column());
            for (String name : path.rest()) {
                node = node.child(name);
            }
        }
        root.freeze();
    }

    static Selection parse(List<String> texts) throws Mistake {
        if (texts.size() == 1 && texts.get(0).endsWith(ALL_INSIDE)) {
            String text = texts.get(0);
            return new Selection(List.of(Path.parse(text.substring(0, text.length() - ALL_INSIDE.length()))), true);
        }
        List<Path> paths = new ArrayList<>();
        for (String text : texts) {
            Path path = Path.parse(text);
            for (Path other : paths) {
                if (path.covers(other) || other.covers(path)) {
                    throw new Mistake("given '" + text.strip() + "' together with a part of it, wanted one of them");
                }
            }
            paths.add(path);
        }
        return new Selection(paths, false);
    }

    List<Path> paths() {
        return paths;
    }

    /** JSON text of an object; null where nothing is selected, or the one path holds no object. */
    String json(Images images) {
        if (spread) {
            return paths.get(0).object(images);
        }
        return paths.isEmpty() ? null : JsonText.of(generator -> write(generator, images));
    }

    private void write(JsonGenerator generator, Images images) throws IOException {
        generator.writeStartObject();
        for (Node column : root.children) {
            Which which = column.which();
            if (which == Which.CURRENT) {
                writeColumn(generator, images, which, column);
            } else {
                generator.writeObjectFieldStart(column.name);
                for (Node inside : column.children) {
                    writeColumn(generator, images, which, inside);
                }
                generator.writeEndObject();
            }
        }
        generator.writeEndObject();
    }

    private static void writeColumn(JsonGenerator generator, Images images, Which which, Node column)
            throws IOException {
        Object value = images.get(which, column.name);
        if (value != Images.ABSENT) {
            generator.writeFieldName(column.name);
            writeNode(generator, column, value, images.schema(which, column.name));
        }
    }

    private static void writeNode(JsonGenerator generator, Node node, Object value, Schema schema) throws IOException {
        if (node.children.length == 0 || value == null) {
            JsonText.write(generator, value, schema);
            return;
        }
        Object container = Path.open(value, schema);
        generator.writeStartObject();
        for (Node child : node.children) {
            Object inside = Path.inside(container, child.name);
            if (inside != null) {
                generator.writeFieldName(child.name);
                writeNode(generator, child, inside, Path.schemaInside(container, schema, child.name));
            }
        }
        generator.writeEndObject();
    }

    private static final class Node {
        private final String name;
        private final Map<String, Node> building = new LinkedHashMap<>();
        private Node[] children = {};

        Node(String name) {
            this.name = name;
        }

        Node child(String childName) {
            return building.computeIfAbsent(childName, Node::new);
        }

        void freeze() {
            children = building.values().toArray(new Node[0]);
            for (Node child : children) {
                child.freeze();
            }
        }

        /** Top level only: a child called before or after with columns below it stands for that row. */
        Which which() {
            if (children.length == 0) {
                return Which.CURRENT;
            }
            return name.equals("before") ? Which.BEFORE : name.equals("after") ? Which.AFTER : Which.CURRENT;
        }
    }
}
