package io.towpath.jdbc.mariadb;

import io.towpath.jdbc.sql.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The table of the versions of deleted rows in MariaDB. */
final class MariaDbTombstones {
    private MariaDbTombstones() {}

    static void create(Connection connection, TableId id) throws SQLException {
        if (MariaDbCatalog.describe(connection, id).isPresent()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + MariaDbSql.quoted(id)
                    + " (table_name varchar(190) NOT NULL, row_key varchar(500) NOT NULL, version bigint NOT NULL,"
                    + " incarnation varchar(500) NOT NULL, deleted_at datetime NOT NULL,"
                    + " PRIMARY KEY (table_name, row_key), KEY (deleted_at))"
                    + " ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        }
    }

    static void forget(Connection connection, TableId id, Duration retention) throws SQLException {
        String sql = "DELETE FROM " + MariaDbSql.quoted(id) + " WHERE deleted_at < utc_timestamp() - INTERVAL ? SECOND";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, retention.toSeconds());
            statement.executeUpdate();
        }
    }
}
