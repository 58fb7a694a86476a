package io.towpath.jdbc.validate;

import io.towpath.jdbc.config.ErasureConfig;
import io.towpath.jdbc.config.SchemaEvolution;
import io.towpath.jdbc.config.SinkConfig;
import io.towpath.jdbc.sql.Dialect;
import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.sql.TableInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the rows of an erased actor can be found, as far as the tables are known before the first record. */
final class ErasureProbe {
    private ErasureProbe() {}

    static List<Finding> findings(Connection connection, Dialect dialect, SinkConfig config, Map<String, String> given)
            throws SQLException {
        ErasureConfig erasure = config.erasure();
        if (!erasure.enabled()) {
            return erasure.tables().isEmpty()
                    ? List.of()
                    : List.of(new Finding(
                            ErasureConfig.TABLES,
                            erasure.tables() + " was given: it has no meaning with " + ErasureConfig.ENABLED
                                    + "=false"));
        }
        if (!erasure.tables().isEmpty()) {
            return named(connection, dialect, erasure);
        }
        boolean own = given.containsKey(ErasureConfig.COLUMN)
                && config.write().fixedTable()
                && config.write().evolution() != SchemaEvolution.EVOLVE;
        return own
                ? dialect.describe(connection, TableId.parse(config.write().tableFormat()))
                        .filter(table -> table.column(erasure.column()).isEmpty())
                        .map(table -> List.of(lacks(ErasureConfig.COLUMN, erasure.column(), table)))
                        .orElse(List.of())
                : List.of();
    }

    private static List<Finding> named(Connection connection, Dialect dialect, ErasureConfig erasure)
            throws SQLException {
        List<Finding> findings = new ArrayList<>();
        for (String name : erasure.tables()) {
            Optional<TableInfo> table = dialect.describe(connection, TableId.parse(name));
            if (table.isEmpty()) {
                findings.add(new Finding(
                        ErasureConfig.TABLES, name + " was given: wanted tables that exist, to delete from"));
            } else if (table.get().column(erasure.column()).isEmpty()) {
                findings.add(lacks(ErasureConfig.TABLES, name, table.get()));
            }
        }
        return findings;
    }

    private static Finding lacks(String key, String value, TableInfo table) {
        return new Finding(
                key,
                value + " was given: wanted a table with the column that holds the actor ("
                        + ErasureConfig.COLUMN + "); table " + table.id() + " has "
                        + String.join(", ", table.columns().keySet()));
    }
}
