package io.towpath.jdbc.plan;

import io.towpath.jdbc.sql.TableInfo;
import java.util.List;

/**
 * Whose rows of one table go.
 *
 * @param column that holds the actor
 * @param actors every name under which the actor may stand there
 * @param keys columns that identify a row of the event's own table; empty where its record does not tell
 * @param guard null when rows have no versions; otherwise their versions are kept, so that no replay brings one back
 */
public record Erasure(String column, List<String> actors, List<String> keys, Guard guard) {

    /** What identifies a row of {@code table}: as the records tell it, where the table has these columns. */
    public List<String> keysOf(TableInfo table) {
        return !keys.isEmpty() && table.columns().keySet().containsAll(keys) ? keys : table.primaryKey();
    }

    /** Whether the versions of the table's rows are to be kept. */
    public boolean remembers(TableInfo table) {
        return guard != null
                && table.column(guard.version()).isPresent()
                && table.column(guard.incarnation()).isPresent();
    }

    /** Not the actors: they are personal data. */
    @Override
    public String toString() {
        return actors.size() + " names in column " + column;
    }
}
