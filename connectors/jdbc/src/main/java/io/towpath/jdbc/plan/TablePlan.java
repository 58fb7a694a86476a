package io.towpath.jdbc.plan;

import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.sql.TableId;
import java.util.List;

/**
 * What one batch does to one table, in this order: empty it, delete, write.
 *
 * <p>Always: (A) a key stands in at most one row of {@code writes} and at most once in {@code deletes}; (B) rows of one
 * group are sorted by key, so that two tasks lock rows in one order; a plan of several groups is written alone.
 *
 * @param keyed whether a row replaces the one of its key; otherwise it is a row of its own
 * @param truncate whether the table is emptied first; what stood before that in the batch is gone
 * @param erasure null for none; what else is in the plan is empty then
 * @param older rows left out because the batch itself has newer ones
 */
public record TablePlan(
        TableId table,
        boolean keyed,
        boolean truncate,
        Erasure erasure,
        List<RowGroup> deletes,
        List<RowGroup> writes,
        int older) {

    /** All records that have a part in this plan. */
    public int rows() {
        return deletes.stream().mapToInt(group -> group.rows().size()).sum()
                + writes.stream().mapToInt(group -> group.rows().size()).sum();
    }

    static TablePlan of(TableId table, Erasure erasure) {
        return new TablePlan(table, false, false, erasure, List.of(), List.of(), 0);
    }

    /** @param ops of one table, in the order of the log */
    static TablePlan of(TableId table, boolean keyed, Guard guard, List<RowOp> ops) {
        return keyed ? new KeyedRows(guard).plan(table, ops) : new AppendedRows().plan(table, ops);
    }
}
