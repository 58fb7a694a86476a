package io.towpath.capture.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the units of one database.
 *
 * <p>Always: a record whose offset Connect stores stands for everything before it. Under exactly-once a unit is stored
 * whole or not at all, so each record carries the unit's position: a transform may drop any of them. Otherwise only the
 * last record does, and the others carry the position before the unit.
 */
public final class Units {

    /** The key of Connect's source partition; its value is the database's name in the connector's config. */
    public static final String PARTITION_KEY = "database";

    private final String database;
    private final boolean storedWhole;
    private final Map<String, String> partition;
    private Position last;

    /**
     * @param database the database's name in the config
     * @param storedWhole whether Connect stores a unit and its offset in one transaction
     * @param start where reading begins
     */
    public Units(String database, boolean storedWhole, Position start) {
        this.database = database;
        this.storedWhole = storedWhole;
        this.partition = partition(database);
        this.last = start;
    }

    public static Map<String, String> partition(String database) {
        return Map.of(PARTITION_KEY, database);
    }

    /** The unit that ends at {@code position}. */
    public Unit of(Position position, List<Outgoing> contents) {
        Map<String, Object> behind = position.toOffset();
        Map<String, Object> before = storedWhole ? behind : last.toOffset();
        List<UnitRecord> records = new ArrayList<>(contents.size());
        int end = contents.size() - 1;
        for (int i = 0; i <= end; i++) {
            records.add(new UnitRecord(partition, i == end ? behind : before, contents.get(i)));
        }
        last = position;
        Unit unit = new Unit(database, position, List.copyOf(records));
        records.forEach(record -> record.belongTo(unit));
        return unit;
    }

    /** Where the last unit ended: reading resumes here after a failure. */
    public Position last() {
        return last;
    }
}
