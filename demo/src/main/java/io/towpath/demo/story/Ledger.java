package io.towpath.demo.story;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the shop's databases say of themselves: their ledgers, written in the transactions of the changes.
 *
 * @param told every deed that may be told, erasures among them, in the order in which each customer did it
 * @param kept those whose customer has not left since
 * @param withheld how many deeds nobody may see: their customers had not agreed
 */
record Ledger(List<Deed> told, List<Deed> kept, int withheld) {

    private static final String ERASED = "actor.erased";

    /** Everything committed so far. */
    static Ledger read(List<Database> shops, Pseudonyms names) throws SQLException {
        List<Deed> told = new ArrayList<>();
        int withheld = 0;
        for (Database shop : shops) {
            try (Connection connection = shop.connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "select type, actor, object, data, context, told from ledger order by n")) {
                while (row.next()) {
                    if (!row.getBoolean("told")) {
                        withheld++;
                    } else {
                        told.add(deed(row, names));
                    }
                }
            }
        }
        Set<String> gone = new HashSet<>();
        told.stream().filter(deed -> ERASED.equals(deed.type())).forEach(deed -> gone.add(deed.actor()));
        List<Deed> kept =
                told.stream().filter(deed -> !gone.contains(deed.actor())).toList();
        return new Ledger(told, kept, withheld);
    }

    private static Deed deed(ResultSet row, Pseudonyms names) throws SQLException {
        String actor = row.getString("actor");
        String type = row.getString("type");
        String data = ERASED.equals(type) ? names.erasure(actor) : row.getString("data");
        return Deed.of(type, names.newest(actor), row.getString("object"), data, row.getString("context"));
    }

    /** How many customers have left. */
    long erased() {
        return told.stream().filter(deed -> ERASED.equals(deed.type())).count();
    }
}
