package io.towpath.jdbc.row;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;

/** A shape and how its values are had: made once for a pair of schemas, used for every record of them. */
record Layout(Shape shape, List<Getter> getters) {

    Object[] values(SinkRecord record, Object image) {
        Object[] values = new Object[getters.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = getters.get(i).get(record, image);
        }
        return values;
    }

    /** The key's columns, then those of the image that are not among them, then the version's. */
    static Layout of(List<Part> keys, List<Part> image, List<Part> version) {
        List<String> names = keys.stream().map(Part::name).toList();
        List<Part> parts = new ArrayList<>(keys);
        image.stream().filter(part -> !names.contains(part.name())).forEach(parts::add);
        parts.addAll(version);
        return new Layout(
                new Shape(parts.stream().map(Part::column).toList(), names),
                parts.stream().map(Part::getter).toList());
    }

    /** One column and how its value is had. */
    record Part(Column column, Getter getter) {
        String name() {
            return column.name();
        }
    }
}
