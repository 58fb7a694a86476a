package io.towpath.jdbc.plan;

import io.towpath.jdbc.row.RowKey;
import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.sql.TableId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The last image of each key; a later image that lacks a column takes it from the one before. */
final class KeyedRows {
    private final Merge merge = new Merge();
    private final Guard guard;
    private final Groups deletes;
    private final Groups writes;

    // What became of the key that is looked at: perhaps deleted first, perhaps written then.
    private RowOp delete;
    private RowOp write;
    private int older;

    KeyedRows(Guard guard) {
        this.guard = guard;
        this.deletes = new Groups(guard);
        this.writes = new Groups(guard);
    }

    TablePlan plan(TableId table, List<RowOp> ops) {
        int begin = behindTheLastTruncate(ops);
        RowOp[] sorted = ops.subList(begin, ops.size()).toArray(RowOp[]::new);
        // A stable sort: rows of one key stay in the order of the log.
        Arrays.sort(sorted, Comparator.comparing(RowOp::key));
        RowKey last = null;
        for (RowOp op : sorted) {
            if (last != null && !last.equals(op.key())) {
                end();
            }
            last = op.key();
            take(table, op);
        }
        end();
        return new TablePlan(table, true, begin > 0, null, deletes.list(), writes.list(), older);
    }

    private static int behindTheLastTruncate(List<RowOp> ops) {
        int begin = ops.size();
        while (begin > 0 && ops.get(begin - 1).kind() != RowOp.Kind.TRUNCATE) {
            begin--;
        }
        return begin;
    }

    private void take(TableId table, RowOp op) {
        RowOp seen = write != null ? write : delete;
        if (guard != null && seen != null && guard.isOlder(table, op, seen)) {
            older++;
            return;
        }
        if (op.kind() == RowOp.Kind.DELETE) {
            delete = op;
            write = null;
        } else {
            write = write == null ? op : merge.of(write, op);
        }
    }

    private void end() {
        if (delete != null) {
            deletes.add(delete);
        }
        if (write != null) {
            writes.add(write);
        }
        delete = null;
        write = null;
    }
}
