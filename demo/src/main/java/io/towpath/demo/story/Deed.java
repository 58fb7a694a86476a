package io.towpath.demo.story;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * One change that a rule names: as the workload's ledger tells it, or as a station shows it.
 *
 * @param changeId the number that the workload wrote into the changed row or message; no two changes share one
 * @param type the activity's type
 * @param actor the customer
 * @param object what the customer did it to
 */
record Deed(long changeId, String type, String actor, String object) {

    /** Everything committed so far, in the order in which each customer did it. */
    static List<Deed> ledger(Database shop) throws SQLException {
        return query(shop, "select change_id, type, actor, object from ledger order by n");
    }

    /** Every row of the warehouse; a table has no order. */
    static List<Deed> rows(Database warehouse) throws SQLException {
        return query(warehouse, "select (data->>'change_id')::bigint, type, actor_id, object_id from activity");
    }

    static long count(Database database, String table) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from " + table)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static List<Deed> query(Database database, String sql) throws SQLException {
        List<Deed> found = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                found.add(new Deed(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)));
            }
        }
        return found;
    }

    /** Names the change without telling who did it. */
    @Override
    public String toString() {
        return type + " #" + changeId;
    }
}
