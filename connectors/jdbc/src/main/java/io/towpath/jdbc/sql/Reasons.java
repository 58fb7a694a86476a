package io.towpath.jdbc.sql;

import java.util.Map;

/** Why a database refuses a record, in words and without the record's values, which its own messages repeat. */
public final class Reasons {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("22001", "a value is too long for its column"),
            Map.entry("22003", "a number does not fit its column"),
            Map.entry("22007", "a value is no date or time that its column takes"),
            Map.entry("22008", "a date or time is out of its column's range"),
            Map.entry("22021", "a text has a character that its column cannot hold"),
            Map.entry("22P02", "a value is not of its column's type"),
            Map.entry("22P03", "a value is not of its column's type"),
            Map.entry("22P05", "a text has a character that its column cannot hold"),
            Map.entry("23502", "a required column has no value"),
            Map.entry("23503", "a foreign key finds no row"),
            Map.entry("23505", "another row has the same value in a unique column"),
            Map.entry("23514", "a check constraint refuses the row"),
            Map.entry("23P01", "an exclusion constraint refuses the row"));

    private Reasons() {}

    static String of(String state) {
        return WORDS.getOrDefault(
                state, state.startsWith("22") ? "a value does not fit its column" : "a constraint refuses the row");
    }
}
