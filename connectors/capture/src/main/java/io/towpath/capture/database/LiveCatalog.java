package io.towpath.capture.database;

import io.towpath.capture.config.DatabaseConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks a live database about itself, when a config or an offset is checked. */
public interface LiveCatalog {

    /** What stands in the way of reading {@code database}, and those of {@code tables} that are there. Never throws. */
    Catalog read(DatabaseConfig database, Set<String> tables);

    /**
     * Checks that the log can be read on from {@code boundary}.
     *
     * @throws org.apache.kafka.connect.errors.ConnectException it cannot, or the database cannot be asked
     */
    void checkReadable(DatabaseConfig database, Map<String, ?> boundary);

    /**
     * Statements that would drop what the server of {@code database} seems to hold for databases that the connector no
     * longer captures. Empty also if it cannot be asked.
     *
     * @param prefix of the names that the connector gives to what is held for it
     * @param known names that the config has
     */
    List<String> orphans(DatabaseConfig database, String prefix, Set<String> known);
}
