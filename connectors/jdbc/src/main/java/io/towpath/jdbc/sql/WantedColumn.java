package io.towpath.jdbc.sql;

import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.row.Column;
import io.towpath.jdbc.type.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What all rows of a batch want of one column. A batch that spans a change of schema has several types of it, and the
 * column must hold each.
 *
 * @param column as the first group has it
 * @param types each group's
 */
public record WantedColumn(Column column, List<ValueType> types) {

    /** The columns of all groups, each once, in the order of the first group that has it. */
    public static Collection<WantedColumn> of(List<RowGroup> groups) {
        Map<String, WantedColumn> wanted = new LinkedHashMap<>();
        for (RowGroup group : groups) {
            for (Column column : group.carried()) {
                wanted.computeIfAbsent(column.name(), name -> new WantedColumn(column, new ArrayList<>()))
                        .types()
                        .add(column.type());
            }
        }
        return wanted.values();
    }

    public String name() {
        return column.name();
    }

    /** The type that a column of type {@code declared} needs; empty when it is wide enough for all. */
    public Optional<String> wider(String declared) {
        String type = widest(declared);
        return type.equals(declared) ? Optional.empty() : Optional.of(type);
    }

    /** {@code made}, or the wider type that holds all. */
    public String widest(String made) {
        String type = made;
        for (ValueType wanted : types) {
            type = Widening.of(type.replace(", ", ","), wanted).orElse(type);
        }
        return type;
    }
}
