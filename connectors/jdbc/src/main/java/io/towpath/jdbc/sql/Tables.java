package io.towpath.jdbc.sql;

import io.towpath.jdbc.config.ConnectionConfig;
import io.towpath.jdbc.config.ErasureConfig;
import io.towpath.jdbc.config.SchemaEvolution;
import io.towpath.jdbc.config.WriteConfig;
import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.plan.TablePlan;
import io.towpath.jdbc.row.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables as they were when last looked at; where the sink may, it makes them fit the rows. */
public final class Tables {
    private static final Logger LOGGER = LoggerFactory.getLogger(Tables.class);
    private static final int REMEMBERED = 10_000;
    private static final String TOOK_TOO_LONG = "57014";

    private final Dialect dialect;
    private final SchemaEvolution evolution;
    private final Map<TableId, TableInfo> known = new HashMap<>();
    // By identity: records of one schema share their columns.
    private final Map<TableId, Set<Column>> wide = new HashMap<>();

    public Tables(Dialect dialect, SchemaEvolution evolution) {
        this.dialect = dialect;
        this.evolution = evolution;
    }

    /** Whether each plan's table is known and has every column that the plan's rows carry. */
    public boolean fit(List<TablePlan> plans) {
        return plans.stream().allMatch(this::fits);
    }

    private boolean fits(TablePlan plan) {
        TableInfo table = known.get(plan.table());
        return table != null && holds(table, plan) && isLookedAt(plan);
    }

    /**
     * Looks at the tables of the plans and changes them where the sink may. In a transaction of its own: in some
     * databases a change of a table commits whatever stands before it.
     *
     * @throws ConnectException when a table is missing or lacks a column, and the sink may not add it
     */
    public void prepare(Connection connection, List<TablePlan> plans) throws SQLException {
        for (TablePlan plan : plans) {
            if (!fits(plan)) {
                known.put(plan.table(), prepared(connection, plan));
            }
        }
    }

    private TableInfo prepared(Connection connection, TablePlan plan) throws SQLException {
        Optional<TableInfo> table = dialect.describe(connection, plan.table());
        if (plan.erasure() != null && table.isEmpty() && evolution == SchemaEvolution.EVOLVE) {
            return null;
        }
        if (evolution != SchemaEvolution.NONE && !plan.writes().isEmpty()) {
            List<String> changes = dialect.evolution(plan.table(), table, plan.writes());
            if (!changes.isEmpty()) {
                table = changed(connection, plan, changes);
            }
            remember(plan);
        }
        TableInfo found = table.orElseThrow(() -> new ConnectException(
                "table " + plan.table() + " does not exist: create it, or set schema.evolution=evolve"));
        refuseUnfit(found, plan);
        return found;
    }

    /** Looked at again under the lock: another task may have done it meanwhile, or more than it. */
    private Optional<TableInfo> changed(Connection connection, TablePlan plan, List<String> changes)
            throws SQLException {
        if (evolution != SchemaEvolution.EVOLVE) {
            throw new ConnectException(unfit(plan, changes));
        }
        dialect.lockForChange(connection, plan.table());
        try {
            Optional<TableInfo> now = dialect.describe(connection, plan.table());
            for (String sql : dialect.evolution(plan.table(), now, plan.writes())) {
                LOGGER.info("Table {} is changed: {}", plan.table(), sql);
                change(connection, plan.table(), sql);
            }
            return dialect.describe(connection, plan.table());
        } finally {
            dialect.unlockAfterChange(connection, plan.table());
        }
    }

    private String unfit(TablePlan plan, List<String> changes) {
        String what = "table " + plan.table() + " does not hold what the records' schemas say, and "
                + WriteConfig.EVOLUTION + "=" + evolution.name().toLowerCase(Locale.ROOT) + " changes nothing";
        return evolution == SchemaEvolution.PLAN
                ? what + "; evolve would run: " + String.join("; ", changes) + ";"
                : what + ": it is missing, or lacks columns, or has narrower ones; plan shows the SQL";
    }

    private boolean isLookedAt(TablePlan plan) {
        Set<Column> seen = wide.getOrDefault(plan.table(), Set.of());
        return evolution == SchemaEvolution.NONE
                || plan.writes().stream().allMatch(group -> seen.containsAll(group.carried()));
    }

    private void remember(TablePlan plan) {
        Set<Column> seen =
                wide.computeIfAbsent(plan.table(), table -> Collections.newSetFromMap(new IdentityHashMap<>()));
        if (seen.size() > REMEMBERED) {
            seen.clear();
        }
        plan.writes().forEach(group -> seen.addAll(group.carried()));
    }

    private static void refuseUnfit(TableInfo table, TablePlan plan) {
        if (plan.erasure() != null && table.column(plan.erasure().column()).isEmpty()) {
            throw new ConnectException("table " + table.id() + " has no column "
                    + plan.erasure().column() + ", so the rows of an erased actor are not found: set "
                    + ErasureConfig.COLUMN + ", or " + ErasureConfig.TABLES);
        }
        List<String> missing = carried(plan)
                .flatMap(group -> group.carried().stream().map(column -> column.name()))
                .filter(name -> table.column(name).isEmpty())
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            throw new ConnectException("table " + table.id() + " has no columns " + missing
                    + ": add them, or set schema.evolution=evolve");
        }
        List<String> key =
                carried(plan).findFirst().map(group -> group.shape().keyNames()).orElse(List.of());
        if (plan.keyed() && !key.isEmpty() && !table.isUnique(key)) {
            throw new ConnectException("table " + table.id() + " has no primary key or unique constraint on " + key
                    + ": upsert needs one");
        }
    }

    private static boolean holds(TableInfo table, TablePlan plan) {
        if (plan.erasure() != null) {
            return table.column(plan.erasure().column()).isPresent();
        }
        return carried(plan).allMatch(group -> table.columns().keySet().containsAll(group.names()));
    }

    private static Stream<RowGroup> carried(TablePlan plan) {
        return Stream.concat(plan.writes().stream(), plan.deletes().stream());
    }

    /** What would fail again, however often it is tried, stops: the table stands still meanwhile. */
    private void change(Connection connection, TableId table, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            String state = dialect.state(failure);
            if (state.equals(TOOK_TOO_LONG) || dialect.fault(failure) == Fault.DATA) {
                throw new ConnectException(
                        "table " + table + " could not be changed (SQLSTATE " + state
                                + (state.equals(TOOK_TOO_LONG)
                                        ? ", longer than " + ConnectionConfig.STATEMENT_TIMEOUT + " allows"
                                        : "")
                                + "): run this yourself, then start the task again: " + sql,
                        new Failures.Withheld(failure));
            }
            throw failure;
        }
    }

    /** A table that fits. */
    public TableInfo table(TableId id) {
        return known.get(id);
    }

    /** What is known of the tables is no longer trusted. */
    public void forget() {
        known.clear();
        wide.clear();
    }
}
