package io.towpath.capture.postgres;

import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.database.Catalog;
import io.towpath.capture.database.LiveCatalog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a PostgreSQL server says about itself and its tables, for the check of a config. */
public final class PostgresCatalog implements LiveCatalog {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresCatalog.class);

    private static final String ROLE = """
            select rolreplication or rolsuper or exists (
                select from pg_auth_members m join pg_roles g on g.oid = m.roleid
                where m.member = r.oid and g.rolname in ('rds_replication', 'rds_superuser'))
            from pg_roles r where rolname = current_user""";

    private static final String COLUMNS = """
            select n.nspname || '.' || c.relname, c.relreplident = 'f', c.relkind = 'p', a.attname,
                c.relreplident = 'f' or exists (
                    select from pg_index i where i.indrelid = c.oid and a.attnum = any (i.indkey)
                    and (i.indisprimary and c.relreplident = 'd' or i.indisreplident and c.relreplident = 'i'))
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relkind in ('r', 'p') and n.nspname || '.' || c.relname = any (?)""";

    private static final String LOG_RANGE = """
            select confirmed_flush_lsn - '0/0'::pg_lsn, pg_current_wal_lsn() - '0/0'::pg_lsn
            from pg_replication_slots where slot_name = ? and database = current_database()""";

    private final PostgresConnections connections;

    public PostgresCatalog(PostgresConnections connections) {
        this.connections = connections;
    }

    @Override
    public Catalog read(DatabaseConfig database, Set<String> tables) {
        Map<String, String> errors = new HashMap<>();
        try (Connection connection = connections.open(database)) {
            server(connection, database, errors);
            return new Catalog(tables(connection, tables), errors);
        } catch (SQLException refused) {
            errors.put(database.key(keyOf(refused)), database + ": " + refused.getMessage());
            return new Catalog(null, errors);
        }
    }

    @Override
    public void checkReadable(DatabaseConfig database, Map<String, ?> boundary) {
        String name = database.name();
        if (!(boundary.get(PostgresDialect.LSN) instanceof Number lsn)) {
            throw new ConnectException(
                    "the offset of database " + name + " has no log position, wanted: \"lsn\", a number");
        }
        LogRange range = log(database);
        if (lsn.longValue() < range.first()) {
            throw new ConnectException("lsn " + lsn + " of database " + name + " lies before " + range.first()
                    + ", up to which its slot has let go of the log, wanted: a position from there on"
                    + " (for a replay, copy the slot beforehand and set slot.name)");
        }
        if (lsn.longValue() > range.end()) {
            throw new ConnectException("lsn " + lsn + " of database " + name + " lies behind the log's end, "
                    + range.end() + ", wanted: a position up to there");
        }
    }

    @Override
    public List<String> orphans(DatabaseConfig database, String prefix, Set<String> known) {
        try (Connection connection = connections.open(database)) {
            return OrphanSlots.statements(connection, prefix, known);
        } catch (SQLException refused) {
            LOG.debug("database {} does not say which slots there are", database.name(), refused);
            return List.of();
        }
    }

    /** From where to where the log can be read. */
    private LogRange log(DatabaseConfig database) {
        try (Connection connection = connections.open(database);
                PreparedStatement statement = connection.prepareStatement(LOG_RANGE)) {
            statement.setString(1, database.slot());
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new ConnectException("database " + database.name() + " has no slot " + database.slot()
                            + ", wanted: the offset null, and the connector makes the slot when it starts");
                }
                return new LogRange(rows.getLong(1), rows.getLong(2));
            }
        } catch (SQLException refused) {
            throw new ConnectException(
                    "database " + database.name() + " cannot be asked where its log stands", refused);
        }
    }

    /**
     * The part of a log from which reading can resume.
     *
     * @param first up to where the slot has let go
     * @param end of the log
     */
    private record LogRange(long first, long end) {}

    private static void server(Connection connection, DatabaseConfig database, Map<String, String> errors)
            throws SQLException {
        String level = one(connection, "show wal_level");
        if (!"logical".equals(level)) {
            errors.put(
                    database.key(DatabaseConfig.HOSTNAME),
                    "the server at " + database.hostname() + ":" + database.port() + " has wal_level = " + level
                            + ", wanted: logical (ALTER SYSTEM SET wal_level = logical, and a restart of the server)");
        }
        if (!"t".equals(one(connection, ROLE))) {
            errors.put(
                    database.key(DatabaseConfig.USER),
                    "user " + database.user() + " may not replicate, wanted: ALTER ROLE \"" + database.user()
                            + "\" REPLICATION");
        }
    }

    private static Map<String, Catalog.Table> tables(Connection connection, Set<String> names) throws SQLException {
        Map<String, Catalog.Table> tables = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setArray(1, connection.createArrayOf("text", names.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    boolean whole = rows.getBoolean(2);
                    boolean partitioned = rows.getBoolean(3);
                    Catalog.Table table = tables.computeIfAbsent(
                            rows.getString(1),
                            name -> new Catalog.Table(new HashSet<>(), new HashSet<>(), whole, partitioned));
                    table.columns().add(rows.getString(4));
                    if (rows.getBoolean(5)) {
                        table.identity().add(rows.getString(4));
                    }
                }
            }
        }
        return tables;
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** Which key an operator must change for the server to answer otherwise. */
    private static String keyOf(SQLException refused) {
        String state = refused.getSQLState() == null ? "" : refused.getSQLState();
        return switch (state) {
            case "28P01" -> DatabaseConfig.PASSWORD;
            case "28000" -> DatabaseConfig.USER;
            case "3D000" -> DatabaseConfig.DBNAME;
            default -> DatabaseConfig.HOSTNAME;
        };
    }
}
