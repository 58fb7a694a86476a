package io.towpath.jdbc.plan;

import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.row.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sorts rows into groups of the same carried columns, keeping their order. */
final class Groups {
    private final Guard guard;
    private final Map<Carried, List<RowOp>> rows = new LinkedHashMap<>();
    // Rows of one group mostly follow each other.
    private Shape lastShape;
    private BitSet lastPresent;
    private List<RowOp> lastRows;

    Groups(Guard guard) {
        this.guard = guard;
    }

    void add(RowOp op) {
        if (op.shape() == lastShape && isCarried(op.values())) {
            lastRows.add(op);
            return;
        }
        Object[] values = op.values();
        BitSet present = new BitSet(values.length);
        for (int i = 0; i < values.length; i++) {
            present.set(i, values[i] != RowOp.ABSENT);
        }
        lastShape = op.shape();
        lastPresent = present;
        lastRows = rows.computeIfAbsent(new Carried(op.shape(), present), carried -> new ArrayList<>());
        lastRows.add(op);
    }

    private boolean isCarried(Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if (lastPresent.get(i) == (values[i] == RowOp.ABSENT)) {
                return false;
            }
        }
        return true;
    }

    List<RowGroup> list() {
        List<RowGroup> groups = new ArrayList<>();
        rows.forEach((carried, ops) -> groups.add(
                new RowGroup(carried.shape(), carried.present().stream().toArray(), guard, ops)));
        return groups;
    }

    /** Shapes are compared by identity. */
    private record Carried(Shape shape, BitSet present) {}
}
