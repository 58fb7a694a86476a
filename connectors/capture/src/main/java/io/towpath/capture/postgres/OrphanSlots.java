package io.towpath.capture.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Slots that look as if a connector had made them for a database that its config no longer names. Only the name says so,
 * and another connector's may begin with the same words: they are shown, never dropped.
 */
final class OrphanSlots {

    private static final String IDLE = """
            select slot_name from pg_replication_slots
            where slot_type = 'logical' and not active and starts_with(slot_name, ?) order by slot_name""";

    private OrphanSlots() {}

    static String dropping(String slot) {
        return "select pg_drop_replication_slot('" + slot + "')";
    }

    /**
     * The statements that would drop them.
     *
     * @param prefix of the names that the connector gives its slots
     * @param known slots that the config names
     */
    static List<String> statements(Connection connection, String prefix, Set<String> known) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(IDLE)) {
            statement.setString(1, prefix);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (!known.contains(rows.getString(1))) {
                        statements.add(dropping(rows.getString(1)));
                    }
                }
            }
        }
        return statements;
    }
}
