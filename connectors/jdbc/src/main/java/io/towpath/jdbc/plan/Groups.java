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

    Groups(Guard guard) {
        this.guard = guard;
    }

    void add(RowOp op) {
        Object[] values = op.values();
        BitSet present = new BitSet(values.length);
        for (int i = 0; i < values.length; i++) {
            present.set(i, values[i] != RowOp.ABSENT);
        }
        rows.computeIfAbsent(new Carried(op.shape(), present), carried -> new ArrayList<>())
                .add(op);
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
