package io.towpath.jdbc.postgres;

import static io.towpath.jdbc.postgres.PostgresSql.literal;
import static io.towpath.jdbc.postgres.PostgresSql.quoted;

import io.towpath.jdbc.plan.Guard;
import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.sql.TableInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The statements that keep an older image from a newer row, and remember what was deleted. */
final class PostgresGuard {
    private final TableInfo table;
    private final Guard guard;
    private final PostgresSql sql;

    PostgresGuard(TableInfo table, Guard guard, PostgresSql sql) {
        this.table = table;
        this.guard = guard;
        this.sql = sql;
    }

    static void create(Connection connection, TableId id) throws SQLException {
        if (PostgresCatalog.describe(connection, id).isPresent()) {
            return;
        }
        PostgresCatalog.lock(connection, id.toString());
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + quoted(id)
                    + " (table_name text NOT NULL, row_key text NOT NULL, version bigint NOT NULL,"
                    + " incarnation text NOT NULL, deleted_at timestamptz NOT NULL,"
                    + " PRIMARY KEY (table_name, row_key))");
            statement.execute("CREATE INDEX IF NOT EXISTS " + quoted(id.name() + "_deleted_at") + " ON " + quoted(id)
                    + " (deleted_at)");
        }
    }

    static void forget(Connection connection, TableId id, Duration retention) throws SQLException {
        String sql = "DELETE FROM " + quoted(id) + " WHERE deleted_at < now() - ? * interval '1 millisecond'";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, retention.toMillis());
            statement.executeUpdate();
        }
    }

    /** Remembers the deletions of the group, unless a newer one is remembered. */
    String bury() {
        return "INSERT INTO " + quoted(guard.tombstones())
                + " AS g (table_name, row_key, version, incarnation, deleted_at) SELECT "
                + literal(table.id().toString()) + ", " + sql.keyText() + ", x." + quoted(guard.version())
                + "::bigint, x." + quoted(guard.incarnation()) + ", now() FROM " + sql.rows()
                + " ON CONFLICT (table_name, row_key) DO UPDATE SET version = excluded.version,"
                + " incarnation = excluded.incarnation, deleted_at = excluded.deleted_at"
                + " WHERE g.incarnation <> excluded.incarnation OR g.version <= excluded.version";
    }

    String delete() {
        return sql.delete() + " AND (" + sql.newerThanTable() + ")";
    }

    /** Counts the rows that the deletions left alone. */
    String kept() {
        return "SELECT count(*) FROM " + quoted(table.id()) + " AS t, " + sql.rows() + " WHERE " + sql.sameKey();
    }

    /** Finds a row of another incarnation of the source. */
    String strangers() {
        String incarnation = "t." + quoted(guard.incarnation());
        return "SELECT " + incarnation + " FROM " + quoted(table.id()) + " AS t, " + sql.rows() + " WHERE "
                + sql.sameKey() + " AND t." + quoted(guard.version()) + " IS NOT NULL AND " + incarnation + " <> x."
                + quoted(guard.incarnation()) + " LIMIT 1";
    }
}
