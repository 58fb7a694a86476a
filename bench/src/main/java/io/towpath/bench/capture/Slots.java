package io.towpath.bench.capture;

import io.towpath.local.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Waits until every slot is read: from then on no change is missed. */
final class Slots {

    private Slots() {}

    static void await(PostgresServer server, List<String> databases, Duration limit) {
        long begun = System.nanoTime();
        for (String database : databases) {
            while (!allActive(server, database)) {
                if (System.nanoTime() - begun > limit.toNanos()) {
                    throw new IllegalStateException("slots of " + database + " not in use within " + limit);
                }
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
        }
    }

    private static boolean allActive(PostgresServer server, String database) {
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(database), server.user(), server.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) > 0 and bool_and(active)"
                        + " from pg_replication_slots where database = current_database()")) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException("database " + database + " cannot be asked", e);
        }
    }
}
