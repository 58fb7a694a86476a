package io.towpath.capture.binlog;

import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.database.Catalog;
import io.towpath.capture.database.LiveCatalog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.connect.errors.ConnectException;

/** What a server with a binlog says about itself and its tables, for the check of a config. */
public final class BinlogCatalog implements LiveCatalog {

    private static final String COLUMNS = """
            select concat(table_schema, '.', table_name), column_name
            from information_schema.columns where table_schema = ?""";

    private static final Pattern MAY_REPLICATE = Pattern.compile("ALL PRIVILEGES|REPLICATION SLAVE(?! ADMIN)");
    private static final int NO_ACCESS = 1045;
    private static final int NO_ACCESS_TO_DATABASE = 1044;
    private static final int NO_DATABASE = 1049;
    private static final int RIGHT_MISSING = 1227;

    private final BinlogProduct product;
    private final BinlogConnections connections;

    public BinlogCatalog(BinlogConnections connections) {
        this.product = connections.product();
        this.connections = connections;
    }

    @Override
    public Catalog read(DatabaseConfig database, Set<String> tables) {
        Map<String, String> errors = new HashMap<>();
        connections.lacking().ifPresent(sentence -> errors.put(database.key(DatabaseConfig.CONNECTOR), sentence));
        if (!product.tls().containsKey(connections.mode(database)) || !errors.isEmpty()) {
            return new Catalog(null, errors); // that mode is refused where the keys are looked at
        }
        try (Connection connection = connections.open(database)) {
            Binlog binlog = product.log(connection);
            server(binlog, database, errors);
            rights(connection, binlog, database, errors);
            Map<String, Catalog.Table> found = tables(connection, database.dbname());
            ownTable(database, DatabaseConfig.HEARTBEAT_TABLE, database.heartbeatTable(), found, errors);
            found.keySet().retainAll(tables);
            return new Catalog(found, errors, binlog.disorder());
        } catch (SQLException refused) {
            errors.put(database.key(keyOf(refused)), database + ": " + refused.getMessage());
            return new Catalog(null, errors);
        }
    }

    @Override
    public void checkReadable(DatabaseConfig database, Map<String, ?> boundary) {
        try (Connection connection = connections.open(database)) {
            Binlog binlog = product.log(connection);
            Gtids place = BinlogDialect.gtids(product, boundary);
            assertWhole(place, binlog.end().gtids());
            binlog.assertHeld(place);
        } catch (SQLException refused) {
            throw new ConnectException(
                    "database " + database.name() + " cannot be asked where its log stands", refused);
        }
    }

    /**
     * Checks that reading would begin where {@code place} lies, and nowhere earlier.
     *
     * @throws ConnectException {@code place} does not say of every part of the log where to begin
     */
    static void assertWhole(Gtids place, Gtids end) {
        if (!place.isWhole(end)) {
            throw new ConnectException("the offset's \"gtids\" are " + place
                    + ", which leaves out what lies before it or beside it, wanted: as the server writes the whole place, like "
                    + end);
        }
    }

    /** A binlog is held for nobody. */
    @Override
    public List<String> orphans(DatabaseConfig database, String prefix, Set<String> known) {
        return List.of();
    }

    private void server(Binlog binlog, DatabaseConfig database, Map<String, String> errors) throws SQLException {
        String server = "the server at " + database.hostname() + ":" + database.port();
        for (Map.Entry<String, String> wanted : product.wanted().entrySet()) {
            String given = binlog.variable(wanted.getKey());
            if (given != null && !wanted.getValue().equals(given.toUpperCase(Locale.ROOT))) {
                String value = wanted.getValue().isEmpty() ? "nothing" : wanted.getValue();
                errors.put(
                        database.key(DatabaseConfig.HOSTNAME),
                        server + " has " + wanted.getKey() + " = " + given + ", wanted: " + value
                                + " (in its configuration, and a restart of the server)");
            }
        }
        String id = binlog.variable("server_id");
        if (Long.toString(database.serverId()).equals(id)) {
            errors.put(
                    database.key(DatabaseConfig.SERVER_ID),
                    server + " has server_id = " + id + " itself, wanted: a number that neither it nor a replica has");
        }
    }

    private void rights(Connection connection, Binlog binlog, DatabaseConfig database, Map<String, String> errors)
            throws SQLException {
        boolean slave = false;
        try (Statement statement = connection.createStatement();
                ResultSet grants = statement.executeQuery("show grants")) {
            while (grants.next()) {
                String grant = grants.getString(1).toUpperCase(Locale.ROOT);
                slave |= grant.contains(" ON *.* ")
                        && MAY_REPLICATE.matcher(grant).find();
            }
        }
        Optional<String> missing = slave ? log(binlog, database, errors) : Optional.of("REPLICATION SLAVE");
        missing.ifPresent(right -> errors.put(
                database.key(DatabaseConfig.USER),
                "user " + database.user() + " lacks a right, wanted: GRANT " + right + " ON *.* TO "
                        + database.user()));
    }

    /** The right that is missing to ask for the log's state; and whether the log can be read and has the database. */
    private Optional<String> log(Binlog binlog, DatabaseConfig database, Map<String, String> errors)
            throws SQLException {
        try {
            if (!binlog.<Boolean>status(row -> logged(database, row.getString(3), row.getString(4)))) {
                errors.put(
                        database.key(DatabaseConfig.DBNAME),
                        "the binlog leaves database " + database.dbname()
                                + " out, wanted: no binlog_do_db or binlog_ignore_db that does");
            }
            binlog.end();
            return Optional.empty();
        } catch (ConnectException unreadable) {
            errors.putIfAbsent(database.key(DatabaseConfig.HOSTNAME), unreadable.getMessage());
            return Optional.empty();
        } catch (SQLException refused) {
            if (refused.getErrorCode() == RIGHT_MISSING) {
                return Optional.of(product.rightToAsk());
            }
            throw refused;
        }
    }

    private static boolean logged(DatabaseConfig database, String onlyThese, String withoutThese) {
        List<String> only = List.of(onlyThese.split(","));
        List<String> without = List.of(withoutThese.split(","));
        return (only.contains("") || only.contains(database.dbname())) && !without.contains(database.dbname());
    }

    private static Map<String, Catalog.Table> tables(Connection connection, String dbname) throws SQLException {
        Map<String, Catalog.Table> tables = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, dbname);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Set<String> columns = tables.computeIfAbsent(rows.getString(1), BinlogCatalog::table)
                            .columns();
                    columns.add(rows.getString(2));
                }
            }
        }
        return tables;
    }

    /** With full row images the log holds the whole old row, and names a partitioned table by its own name. */
    private static Catalog.Table table(String name) {
        Set<String> columns = new HashSet<>();
        return new Catalog.Table(columns, columns, true, false);
    }

    private static void ownTable(
            DatabaseConfig database,
            String key,
            String table,
            Map<String, Catalog.Table> found,
            Map<String, String> errors) {
        if (table != null
                && (!found.containsKey(table) || !found.get(table).columns().containsAll(Set.of("id", "beaten_at")))) {
            errors.put(
                    database.key(key),
                    "'" + table + "' is no such table of database " + database.dbname() + ", wanted: "
                            + "create table " + database.dbname()
                            + ".NAME (id int primary key, beaten_at timestamp), named DATABASE.NAME here");
        }
    }

    /** Which key an operator must change for the server to answer otherwise. */
    private static String keyOf(SQLException refused) {
        return switch (refused.getErrorCode()) {
            case NO_ACCESS -> DatabaseConfig.PASSWORD;
            case NO_ACCESS_TO_DATABASE -> DatabaseConfig.USER;
            case NO_DATABASE -> DatabaseConfig.DBNAME;
            default -> DatabaseConfig.HOSTNAME;
        };
    }
}
