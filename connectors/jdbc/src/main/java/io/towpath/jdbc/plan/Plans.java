package io.towpath.jdbc.plan;

import io.towpath.jdbc.config.ErasureConfig;
import io.towpath.jdbc.config.InsertMode;
import io.towpath.jdbc.config.SinkConfig;
import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.sql.TableId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns a batch into one plan per table, tables in the order of their names. An erasure parts the batch: what stands
 * before it is written before, and what stands after it after.
 */
public final class Plans {
    private final boolean keyed;
    private final Guard guard;
    private final ErasureConfig erasure;
    private final Map<String, TableId> tables = new HashMap<>();

    /** Plans for a sink. */
    public Plans(SinkConfig config) {
        this.keyed = config.write().insertMode() == InsertMode.UPSERT;
        this.guard = Guard.of(config.version());
        this.erasure = config.erasure();
    }

    /**
     * One plan for each table, and for each table between two erasures.
     *
     * @param ops in the order of the log
     */
    public List<TablePlan> of(List<RowOp> ops) {
        List<TablePlan> plans = new ArrayList<>();
        Map<TableId, List<RowOp>> byTable = new TreeMap<>();
        String last = null; // Most rows go where the one before went.
        List<RowOp> rows = List.of();
        for (RowOp op : ops) {
            if (op.kind() == RowOp.Kind.ERASE) {
                close(byTable, plans);
                erase(op, plans);
                last = null;
                continue;
            }
            if (!op.table().equals(last)) {
                last = op.table();
                rows = byTable.computeIfAbsent(table(last), id -> new ArrayList<>());
            }
            rows.add(op);
        }
        close(byTable, plans);
        return plans;
    }

    private void close(Map<TableId, List<RowOp>> byTable, List<TablePlan> plans) {
        byTable.forEach((table, rows) -> plans.add(TablePlan.of(table, keyed, guard, rows)));
        byTable.clear();
    }

    private void erase(RowOp op, List<TablePlan> plans) {
        List<String> actors = Arrays.stream(op.values())
                .map(Object::toString)
                .distinct()
                .sorted()
                .toList();
        List<String> keys = op.shape().keyNames();
        Erasure erased = new Erasure(erasure.column(), actors, keys, guard);
        if (erasure.tables().isEmpty()) {
            plans.add(TablePlan.of(table(op.table()), erased));
        } else {
            erasure.tables().forEach(name -> plans.add(TablePlan.of(table(name), erased)));
        }
    }

    private TableId table(String name) {
        return tables.computeIfAbsent(name, TableId::parse);
    }
}
