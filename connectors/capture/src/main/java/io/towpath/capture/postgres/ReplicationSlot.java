package io.towpath.capture.postgres;

import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.database.LogHealth;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * A database's publication and slot, made if absent. The publication comes first: decoding reads the catalog as it was,
 * and a slot older than its publication cannot be read.
 */
final class ReplicationSlot {

    private static final int MILLIS_TO_CREATE = 600_000;

    /** max_slot_wal_keep_size counts in megabytes; -1 is no limit. */
    private static final String HEALTH = """
            select (pg_current_wal_lsn() - restart_lsn)::bigint,
                (pg_current_wal_lsn() - confirmed_flush_lsn)::bigint,
                safe_wal_size,
                (select nullif(setting::bigint, -1) * 1048576 from pg_settings where name = 'max_slot_wal_keep_size')
            from pg_replication_slots where slot_name = ?""";

    private final Connection connection;
    private final DatabaseConfig database;

    ReplicationSlot(Connection connection, DatabaseConfig database) {
        this.connection = connection;
        this.database = database;
    }

    /** The identity of the server, equal for all its databases and across restarts. */
    String system() throws SQLException {
        return one("select system_identifier::text from pg_control_system()").orElseThrow();
    }

    /** Where the log ends. */
    long end() throws SQLException {
        return one("select (case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end"
                        + " - '0/0'::pg_lsn)::text")
                .map(Long::valueOf)
                .orElseThrow();
    }

    /** Up to where the slot has let go of the log; empty if there is no slot. */
    Optional<Long> confirmed() throws SQLException {
        return one(
                        "select (confirmed_flush_lsn - '0/0'::pg_lsn)::text from pg_replication_slots where slot_name = ?"
                                + " and database = current_database()",
                        database.slot())
                .map(Long::valueOf);
    }

    /**
     * A broken slot keeps {@code confirmed_flush_lsn}; whoever reads it waits for a {@code restart_lsn} that never comes.
     *
     * @throws ConnectException the server has broken the slot, because it held more log than max_slot_wal_keep_size
     */
    void assertNotBroken() throws SQLException {
        if (one("select 1 from pg_replication_slots where slot_name = ? and wal_status = 'lost'", database.slot())
                .isPresent()) {
            throw new ConnectException("the server has broken slot " + database.slot()
                    + " (max_slot_wal_keep_size), and the changes behind the stored offset are gone: to go on without"
                    + " them, stop the connector, run " + OrphanSlots.dropping(database.slot())
                    + ", set this database's offset to null and resume it");
        }
    }

    /** Up to where every slot of the database has let go: a copy of ours may have been made for a replay. */
    long oldestOfAll() throws SQLException {
        return one("select min(confirmed_flush_lsn - '0/0'::pg_lsn)::text from pg_replication_slots"
                        + " where database = current_database()")
                .map(Long::valueOf)
                .orElse(Long.MIN_VALUE);
    }

    /**
     * Makes the slot; the log is held from here on. The server first waits for every transaction that is open now, which
     * no shorter limit than the operator's patience should cut off.
     *
     * @return where the slot begins
     */
    long create() throws SQLException {
        connection.setNetworkTimeout(Runnable::run, MILLIS_TO_CREATE);
        return one(
                        "select (lsn - '0/0'::pg_lsn)::text from pg_create_logical_replication_slot(?, 'pgoutput')",
                        database.slot())
                .map(Long::valueOf)
                .orElseThrow();
    }

    /** Drops the slot; refused while it is read. */
    void drop() throws SQLException {
        one("select pg_drop_replication_slot(?)::text", database.slot());
    }

    /** Makes the publication carry at least {@code tables}; those that this database does not have are left out. */
    void publish(Collection<String> tables) throws SQLException {
        Set<String> wanted = existing(tables);
        if (one("select 1 from pg_publication where pubname = ?", database.publication())
                .isEmpty()) {
            String list = wanted.stream().map(ReplicationSlot::quoted).collect(Collectors.joining(", "));
            execute("create publication " + quoted(database.publication())
                    + (wanted.isEmpty() ? "" : " for table " + list));
            return;
        }
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(published());
        for (String table : missing) {
            execute("alter publication " + quoted(database.publication()) + " add table " + quoted(table));
        }
    }

    /**
     * A copy of the slot, read with the same publication. Where there is no slot, or its publication lacks one of
     * {@code tables}, a slot and if need be a publication that begin now: the log before is decoded as the catalog was then.
     */
    DatabaseConfig aside(Set<String> tables, String name) throws SQLException {
        boolean published = published().containsAll(existing(tables))
                && one("select 1 from pg_publication where pubname = ?", database.publication())
                        .isPresent();
        DatabaseConfig aside = database.readBy(name, published ? database.publication() : name, null);
        ReplicationSlot other = new ReplicationSlot(connection, aside);
        if (published && confirmed().isPresent()) {
            one("select pg_copy_logical_replication_slot(?, ?)::text", database.slot(), name);
        } else {
            other.publish(tables);
            other.create();
        }
        return aside;
    }

    /** Drops the slot, though its reader may not have gone yet, and the publication if that was made for it. */
    void dropAside() throws SQLException {
        one(
                "select pg_terminate_backend(active_pid, 5000)::text from pg_replication_slots where slot_name = ? and active",
                database.slot());
        drop();
        if (database.publication().equals(database.slot())) {
            execute("drop publication if exists " + quoted(database.publication()));
        }
    }

    LogHealth health() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HEALTH)) {
            statement.setString(1, database.slot());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("no slot " + database.slot());
                }
                return new LogHealth(
                        row.getLong(1),
                        row.getLong(2),
                        Optional.ofNullable(row.getObject(3, Long.class)),
                        Optional.ofNullable(row.getObject(4, Long.class)));
            }
        }
    }

    private List<String> published() throws SQLException {
        return list(
                "select schemaname || '.' || tablename from pg_publication_tables where pubname = ?",
                database.publication());
    }

    private Set<String> existing(Collection<String> tables) throws SQLException {
        Set<String> existing = new TreeSet<>(list(
                "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                        + " where c.relkind in ('r', 'p')"));
        existing.retainAll(tables);
        return existing;
    }

    private Optional<String> one(String sql, String... arguments) throws SQLException {
        return list(sql, arguments).stream().findFirst();
    }

    private List<String> list(String sql, String... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            List<String> rows = new java.util.ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
            rows.removeIf(java.util.Objects::isNull);
            return rows;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** {@code schema.table}, each part quoted. */
    private static String quoted(String name) {
        return java.util.Arrays.stream(name.split("\\.", 2))
                .map(part -> '"' + part.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining("."));
    }
}
