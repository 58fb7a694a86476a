package io.towpath.jdbc.plan;

import io.towpath.jdbc.row.RowKey;
import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.sql.TableId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last image of each key; a later image that lacks a column takes it from the one before. */
final class KeyedRows {
    private final Map<RowKey, State> states = new HashMap<>();
    private final Merge merge = new Merge();
    private final Guard guard;
    private boolean truncate;
    private int older;

    KeyedRows(Guard guard) {
        this.guard = guard;
    }

    TablePlan plan(TableId table, List<RowOp> ops) {
        ops.forEach(op -> take(table, op));
        Groups deletes = new Groups(guard);
        Groups writes = new Groups(guard);
        State[] sorted = states.values().toArray(State[]::new);
        Arrays.sort(sorted, Comparator.comparing(state -> state.key));
        for (State state : sorted) {
            if (state.delete != null) {
                deletes.add(state.delete);
            }
            if (state.write != null) {
                writes.add(state.write);
            }
        }
        return new TablePlan(table, true, truncate, null, deletes.list(), writes.list(), older);
    }

    private void take(TableId table, RowOp op) {
        if (op.kind() == RowOp.Kind.TRUNCATE) {
            states.clear();
            truncate = true;
            return;
        }
        State state = states.computeIfAbsent(op.key(), State::new);
        RowOp seen = state.write != null ? state.write : state.delete;
        if (guard != null && seen != null && guard.isOlder(table, op, seen)) {
            older++;
            return;
        }
        if (op.kind() == RowOp.Kind.DELETE) {
            state.delete = op;
            state.write = null;
        } else {
            state.write = state.write == null ? op : merge.of(state.write, op);
        }
    }

    /** What became of a key: perhaps deleted first, perhaps written then. */
    private static final class State {
        private final RowKey key;
        private RowOp delete;
        private RowOp write;

        State(RowKey key) {
            this.key = key;
        }
    }
}
