package io.towpath.capture.database;

import java.util.Map;
import java.util.Set;

/**
 * A live database as a check of the config sees it.
 *
 * @param tables those of the asked tables that are there; null if the database could not be asked
 * @param errors what stands in the way of reading it, by config key
 * @param disorder why positions of its log may go back, which consent cannot bear; null if they never do
 */
public record Catalog(Map<String, Table> tables, Map<String, String> errors, String disorder) {

    /** Of a database whose log is in order. */
    public Catalog(Map<String, Table> tables, Map<String, String> errors) {
        this(tables, errors, null);
    }

    /**
     * One table.
     *
     * @param identity the columns that the log holds of a deleted row
     * @param logsOldRows whether the log holds the whole old row of an update or delete
     * @param partitioned whether its rows are those of other tables, and the log names these
     */
    public record Table(Set<String> columns, Set<String> identity, boolean logsOldRows, boolean partitioned) {}
}
