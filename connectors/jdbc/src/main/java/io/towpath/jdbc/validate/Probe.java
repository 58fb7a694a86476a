package io.towpath.jdbc.validate;

import io.towpath.jdbc.config.ConnectionConfig;
import io.towpath.jdbc.config.FenceConfig;
import io.towpath.jdbc.config.InsertMode;
import io.towpath.jdbc.config.KeyMode;
import io.towpath.jdbc.config.SchemaEvolution;
import io.towpath.jdbc.config.SinkConfig;
import io.towpath.jdbc.config.WriteConfig;
import io.towpath.jdbc.sql.Dialect;
import io.towpath.jdbc.sql.Dialects;
import io.towpath.jdbc.sql.Session;
import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.sql.TableInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the database itself: can it be reached, is the table there, may the offsets table be made. */
final class Probe {
    private Probe() {}

    static List<Finding> findings(SinkConfig config, Map<String, String> given) {
        Dialect dialect = Dialects.of(config.connection().url());
        try (Session session = new Session(dialect, config.connection(), "towpath validate")) {
            return session.transaction(connection -> {
                List<Finding> findings = new ArrayList<>(table(connection, dialect, config.write()));
                findings.addAll(offsets(connection, dialect, config.fence()));
                findings.addAll(ErasureProbe.findings(connection, dialect, config, given));
                return findings;
            });
        } catch (SQLException failure) {
            return List.of(unreachable(dialect.state(failure)));
        }
    }

    private static Finding unreachable(String state) {
        return switch (state) {
            case "28P01" -> new Finding(ConnectionConfig.PASSWORD, "the database refuses this user's password");
            case "28000" -> new Finding(ConnectionConfig.USERNAME, "the database refuses this user");
            case "3D000" -> new Finding(ConnectionConfig.URL, "the server has no database of the URL's name");
            default ->
                new Finding(
                        ConnectionConfig.URL,
                        "the database cannot be asked (SQLSTATE " + state + "): wanted a server that"
                                + " answers within " + ConnectionConfig.CONNECT_TIMEOUT);
        };
    }

    private static List<Finding> table(Connection connection, Dialect dialect, WriteConfig write) throws SQLException {
        if (!write.fixedTable()) {
            return List.of();
        }
        Optional<TableInfo> table = dialect.describe(connection, TableId.parse(write.tableFormat()));
        if (table.isEmpty()) {
            boolean later = write.evolution() == SchemaEvolution.EVOLVE || write.evolution() == SchemaEvolution.PLAN;
            return later
                    ? List.of()
                    : List.of(new Finding(
                            WriteConfig.TABLE_FORMAT,
                            "table " + write.tableFormat() + " does not exist: create it, or set "
                                    + WriteConfig.EVOLUTION + "=evolve"));
        }
        return key(table.get(), write);
    }

    private static List<Finding> key(TableInfo table, WriteConfig write) {
        boolean named = write.keyMode() != KeyMode.KAFKA && !write.keyFields().isEmpty();
        if (write.insertMode() != InsertMode.UPSERT || !named || table.isUnique(write.keyFields())) {
            return List.of();
        }
        return List.of(new Finding(
                WriteConfig.KEY_FIELDS,
                write.keyFields() + " was given: wanted the columns of table " + table.id() + "'s primary key "
                        + table.primaryKey() + " or of a unique constraint"));
    }

    private static List<Finding> offsets(Connection connection, Dialect dialect, FenceConfig fence)
            throws SQLException {
        TableId id = TableId.parse(fence.offsetsTable());
        if (dialect.describe(connection, id).isPresent() || dialect.mayCreate(connection, id)) {
            return List.of();
        }
        return List.of(new Finding(
                FenceConfig.OFFSETS_TABLE,
                "table " + id + " does not exist and this user may not create it: wanted the right to CREATE in its"
                        + " schema"));
    }
}
