package io.towpath.demo.story;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the shop says of itself: its ledger, written in the transactions of the changes. */
final class Ledger {

    private Ledger() {}

    /** Everything committed so far, in the order in which each customer did it. */
    static List<Deed> deeds(Database shop) throws SQLException {
        List<Deed> deeds = new ArrayList<>();
        try (Connection connection = shop.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select type, actor, object, data from ledger order by n")) {
            while (row.next()) {
                deeds.add(Deed.of(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
            }
        }
        return deeds;
    }

    static long count(Database database, String table) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from " + table)) {
            result.next();
            return result.getLong(1);
        }
    }
}
