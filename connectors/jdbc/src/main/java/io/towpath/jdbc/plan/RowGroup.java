package io.towpath.jdbc.plan;

import io.towpath.jdbc.row.Column;
import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.row.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows of one shape that carry the same columns: one statement's worth.
 *
 * @param columns where in the shape the carried columns stand
 * @param guard null when rows have no versions
 * @param rows in the order in which they are to be written; by key where there is one
 */
@SuppressWarnings("ArrayRecordComponent") // read for every value; nobody changes it
public record RowGroup(Shape shape, int[] columns, Guard guard, List<RowOp> rows) {

    public List<Column> carried() {
        return Arrays.stream(columns).mapToObj(i -> shape.columns().get(i)).toList();
    }

    public Set<String> names() {
        return carried().stream().map(Column::name).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String toString() {
        return rows.size() + " rows of " + names();
    }
}
