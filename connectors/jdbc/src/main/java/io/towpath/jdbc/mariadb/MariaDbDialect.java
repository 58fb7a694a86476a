package io.towpath.jdbc.mariadb;

import io.towpath.jdbc.config.ConnectionConfig;
import io.towpath.jdbc.config.FenceConfig;
import io.towpath.jdbc.fence.FenceTable;
import io.towpath.jdbc.plan.Erasure;
import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.sql.Dialect;
import io.towpath.jdbc.sql.Dialects;
import io.towpath.jdbc.sql.Fault;
import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.sql.TableInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** MariaDB 10.6 and newer, and MySQL 8.0.16 and newer. Rows travel as multi-row statements. */
public final class MariaDbDialect implements Dialect {
    // As the URL says, and then the server; all connections go to one.
    private boolean mysql;

    public MariaDbDialect(boolean mysql) {
        this.mysql = mysql;
    }

    @Override
    public Connection connect(ConnectionConfig config, String application) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", config.username());
        properties.setProperty("password", config.password().value());
        properties.setProperty(
                "connectTimeout", String.valueOf(config.connectTimeout().toMillis()));
        properties.setProperty(
                "socketTimeout", String.valueOf(config.statementTimeout().toMillis() + 10_000));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectionAttributes", "program_name:" + application.replace(' ', '-'));
        String url = driverUrl(config.url());
        Connection connection = Dialects.driver(url).connect(url, properties);
        try (Statement statement = connection.createStatement()) {
            mysql = MariaDbCatalog.isMySql(connection);
            statement.execute(mysql ? mysqlSettings(config) : settings(config));
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    /** MariaDB counts these in whole seconds. */
    private static String settings(ConnectionConfig config) {
        return "SET time_zone = '+00:00', idle_transaction_timeout = " + seconds(config.idleTimeout())
                + ", innodb_lock_wait_timeout = " + seconds(config.lockTimeout())
                + ", lock_wait_timeout = " + seconds(config.lockTimeout())
                + ", max_statement_time = " + seconds(config.statementTimeout())
                + ", sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'";
    }

    /** MySQL ends a session that stands still whether or not it is in a transaction, and limits SELECTs alone. */
    private static String mysqlSettings(ConnectionConfig config) {
        return "SET time_zone = '+00:00', wait_timeout = " + seconds(config.idleTimeout())
                + ", innodb_lock_wait_timeout = " + seconds(config.lockTimeout())
                + ", lock_wait_timeout = " + seconds(config.lockTimeout())
                + ", sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'";
    }

    /** MariaDB's driver speaks with MySQL too, and takes its own scheme alone. */
    static String driverUrl(String url) {
        return url.startsWith("jdbc:mysql:") ? "jdbc:mariadb:" + url.substring("jdbc:mysql:".length()) : url;
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.toSeconds());
    }

    @Override
    public FenceTable fence(FenceConfig config) {
        return new MariaDbFence(config);
    }

    @Override
    public Optional<TableInfo> describe(Connection connection, TableId table) throws SQLException {
        return MariaDbCatalog.describe(connection, table);
    }

    /** The right to create a table cannot be asked without parsing grants: it shows when the table is made. */
    @Override
    public boolean mayCreate(Connection connection, TableId table) {
        return true;
    }

    /** There is no lock of this kind that ends with a transaction: the database ends a deadlock, and the batch is retried. */
    @Override
    public void takeTurn(Connection connection, TableId table, boolean alone) {}

    @Override
    public void append(Connection connection, TableInfo table, RowGroup rows) throws SQLException {
        new MariaDbRows(connection, rows).values(new MariaDbSql(table, rows).insert(), "");
    }

    @Override
    public int upsert(Connection connection, TableInfo table, RowGroup rows) throws SQLException {
        MariaDbSql sql = new MariaDbSql(table, rows);
        MariaDbRows batch = new MariaDbRows(connection, rows);
        // ON DUPLICATE KEY UPDATE would update whichever row has the value of the other unique column.
        // An INSERT without a required column fails even when it has nothing to insert.
        boolean twoSteps = sql.lacksRequiredColumn() || sql.hasOtherUniques();
        if (rows.guard() != null) {
            if (twoSteps) {
                batch.select(sql.updateJoin(), sql.assignmentsToOlder());
                batch.select(sql.insertMissing(), sql.whereMissingAndAlive());
            } else {
                batch.select(sql.insertAlive(), sql.guardedUpdate());
            }
            return heldBack(connection, table, rows);
        }
        if (!twoSteps) {
            batch.values(sql.insert(), sql.update());
        } else if (batch.select(sql.updateJoin(), sql.assignments())
                < rows.rows().size()) {
            batch.select(sql.insertMissing(), sql.whereMissing());
        }
        return 0;
    }

    private static int heldBack(Connection connection, TableInfo table, RowGroup rows) throws SQLException {
        MariaDbSql sql = new MariaDbSql(table, rows);
        MariaDbRows batch = new MariaDbRows(connection, rows);
        List<String> strangers = rows.guard().acceptNew() ? List.of() : batch.query(sql.strangers(), sql.ofStrangers());
        if (!strangers.isEmpty()) {
            throw rows.guard().stop(table.id(), strangers.get(0));
        }
        return batch.query(sql.newer(), sql.ofNewer()).stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    @Override
    public int delete(Connection connection, TableInfo table, RowGroup keys) throws SQLException {
        MariaDbSql sql = new MariaDbSql(table, keys);
        MariaDbRows batch = new MariaDbRows(connection, keys);
        if (keys.guard() == null) {
            batch.select(sql.deleteJoin(), sql.sameKeyEnd());
            return 0;
        }
        batch.select(sql.bury(), sql.buryEnd());
        batch.select(sql.deleteJoin(), sql.sameKeyAndOlder());
        return heldBack(connection, table, keys);
    }

    @Override
    public int erase(Connection connection, TableInfo table, Erasure erasure) throws SQLException {
        return MariaDbErasure.erase(connection, table, erasure);
    }

    /** DELETE: a TRUNCATE would commit what stands before it. */
    @Override
    public void truncate(Connection connection, TableInfo table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM " + MariaDbSql.quoted(table.id()));
        }
    }

    @Override
    public String quoted(TableId table) {
        return MariaDbSql.quoted(table);
    }

    @Override
    public void createParked(Connection connection, TableId parked) throws SQLException {
        if (MariaDbCatalog.describe(connection, parked).isPresent()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + MariaDbSql.quoted(parked)
                    + " (sink_id varchar(190) NOT NULL, source_cluster varchar(190) NOT NULL,"
                    + " topic varchar(249) NOT NULL, part int NOT NULL, record_offset bigint NOT NULL,"
                    + " record_key char(64) NOT NULL, parked_at datetime NOT NULL DEFAULT current_timestamp,"
                    + " PRIMARY KEY (sink_id, source_cluster, topic, part, record_offset))"
                    + " ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        }
    }

    @Override
    public void createTombstones(Connection connection, TableId tombstones) throws SQLException {
        MariaDbTombstones.create(connection, tombstones);
    }

    @Override
    public void forgetTombstones(Connection connection, TableId tombstones, Duration retention) throws SQLException {
        MariaDbTombstones.forget(connection, tombstones, retention);
    }

    @Override
    public List<String> evolution(TableId id, Optional<TableInfo> table, List<RowGroup> wanted) {
        return new MariaDbEvolution(mysql).statements(id, table, wanted);
    }

    @Override
    public void lockForChange(Connection connection, TableId table) throws SQLException {
        MariaDbCatalog.lock(connection, table.toString());
    }

    @Override
    public void unlockAfterChange(Connection connection, TableId table) throws SQLException {
        MariaDbCatalog.unlock(connection, table.toString());
    }

    @Override
    public String state(SQLException failure) {
        return MariaDbFaults.state(failure);
    }

    @Override
    public Fault fault(SQLException failure) {
        return MariaDbFaults.fault(failure);
    }
}
