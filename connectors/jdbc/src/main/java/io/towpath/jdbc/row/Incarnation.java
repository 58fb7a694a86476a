package io.towpath.jdbc.row;

import io.towpath.activity.Row;

/** Names the log that a position belongs to, as well as a change event tells it. */
final class Incarnation {
    private Incarnation() {}

    /** The connector's name of the server, for a binlog with {@link Gtid#log}. */
    static String of(Row source) {
        Object name = source.get("name") != null ? source.get("name") : source.get("database");
        return Gtid.of(source).map(gtid -> name + "/" + gtid.log()).orElse(String.valueOf(name));
    }
}
