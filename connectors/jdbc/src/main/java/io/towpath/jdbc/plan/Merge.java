package io.towpath.jdbc.plan;

import io.towpath.jdbc.row.Column;
import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.row.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Joins two images of one row: the later one counts, and where it knows nothing the earlier one does. */
final class Merge {
    private final IdentityHashMap<Shape, IdentityHashMap<Shape, Shape>> wider = new IdentityHashMap<>();

    RowOp of(RowOp earlier, RowOp later) {
        if (earlier.shape() == later.shape() && !hasAbsent(later)) {
            return later;
        }
        Shape shape = earlier.shape() == later.shape() ? later.shape() : both(earlier.shape(), later.shape());
        Object[] values = new Object[shape.size()];
        for (int i = 0; i < values.length; i++) {
            String name = shape.columns().get(i).name();
            Object value = value(later, name);
            values[i] = value == RowOp.ABSENT ? value(earlier, name) : value;
        }
        return new RowOp(later.record(), later.kind(), later.table(), shape, values, later.key());
    }

    private static boolean hasAbsent(RowOp op) {
        for (Object value : op.values()) {
            if (value == RowOp.ABSENT) {
                return true;
            }
        }
        return false;
    }

    private static Object value(RowOp op, String column) {
        int position = op.shape().position(column);
        return position < 0 ? RowOp.ABSENT : op.values()[position];
    }

    /** One shape for each pair, so that rows merged alike stay in one group. */
    private Shape both(Shape earlier, Shape later) {
        return wider.computeIfAbsent(earlier, shape -> new IdentityHashMap<>()).computeIfAbsent(later, shape -> {
            List<Column> columns = new ArrayList<>(later.columns());
            earlier.columns().stream()
                    .filter(column -> later.position(column.name()) < 0)
                    .forEach(columns::add);
            return columns.size() == later.size() ? later : new Shape(columns, later.keyNames());
        });
    }
}
