package io.towpath.bench.sink;

import java.util.Locale;

/**
 * What one contender did.
 *
 * @param seconds from its start until the last record was committed
 * @param clientMicros processor time of the program per record
 * @param databaseMicros processor time of the database per record
 */
record Figure(String name, long records, double seconds, double clientMicros, double databaseMicros) {

    double rate() {
        return records / seconds;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-28s %,10.0f records/s   processor time per record: program %5.1f µs, database %5.1f µs",
                name,
                rate(),
                clientMicros,
                databaseMicros);
    }
}
