package io.towpath.jdbc.plan;

import io.towpath.jdbc.config.InsertMode;
import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.sql.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns a batch into one plan per table, tables in the order of their names. */
public final class Plans {
    private final boolean keyed;
    private final Guard guard;
    private final Map<String, TableId> tables = new HashMap<>();

    /**
     * Plans for a mode.
     *
     * @param guard null when rows have no versions
     */
    public Plans(InsertMode mode, Guard guard) {
        this.keyed = mode == InsertMode.UPSERT;
        this.guard = guard;
    }

    /**
     * One plan for each table.
     *
     * @param ops in the order of the log
     */
    public List<TablePlan> of(List<RowOp> ops) {
        Map<TableId, List<RowOp>> byTable = new TreeMap<>();
        for (RowOp op : ops) {
            TableId table = tables.computeIfAbsent(op.table(), TableId::parse);
            byTable.computeIfAbsent(table, id -> new ArrayList<>()).add(op);
        }
        return byTable.entrySet().stream()
                .map(entry -> TablePlan.of(entry.getKey(), keyed, guard, entry.getValue()))
                .toList();
    }
}
