package io.towpath.capture.unit;

import java.util.List;

/**
 * What is handed to Connect in one piece: the activities of one database transaction, of a part of a very large one, or
 * of one message outside transactions.
 */
public final class Unit {

    private final String database;
    private final Position position;
    private final List<UnitRecord> records;

    /** Records of which nothing was heard yet; kept by {@link InFlight}. */
    int outstanding;

    /** Whether at least one record, and with it the position, was stored; kept by {@link InFlight}. */
    boolean stored;

    Unit(String database, Position position, List<UnitRecord> records) {
        this.database = database;
        this.position = position;
        this.records = records;
        this.outstanding = records.size();
    }

    public String database() {
        return database;
    }

    /** Where reading resumes once this unit is stored. */
    public Position position() {
        return position;
    }

    public List<UnitRecord> records() {
        return records;
    }

    public int size() {
        return records.size();
    }
}
