package io.towpath.jdbc.plan;

import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.sql.TableId;
import java.util.List;

/** Every written record is a row; what else a record may ask for has no meaning here. */
final class AppendedRows {
    private final Groups groups = new Groups(null);

    TablePlan plan(TableId table, List<RowOp> ops) {
        ops.stream().filter(op -> op.kind() == RowOp.Kind.WRITE).forEach(groups::add);
        return new TablePlan(table, false, false, null, List.of(), groups.list(), 0);
    }
}
