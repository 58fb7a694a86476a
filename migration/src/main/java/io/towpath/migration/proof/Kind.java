package io.towpath.migration.proof;

import java.util.Locale;

/** The classes of differences. */
public enum Kind {
    LOST("a record of the source that the target lacks", true),
    DUPLICATED("a record that the target holds more often than the source", true),
    REORDERED("a record that stands at another place among its neighbours", true),
    ALTERED("a record whose key or value differs", true),
    HEADER_ONLY("a record whose headers alone differ", true),
    TIMESTAMP_ONLY("a record whose timestamp alone differs", true),
    FOREIGN("a record on the target that no record of the source accounts for", true),
    EXPIRED("gone below a log start that moved while the proof watched", false),
    COMPACTED("a later record of the key exists", false),
    SUPERSEDED(
            "gone on one side, and the latest record of its key is equal on both; its place does not tell whether it"
                    + " was compacted there or never came",
            false),
    NOT_PROVEN(
            "not compared: gone on one side by then, or its place does not tell what was there, or the later record that"
                    + " would explain it was not compared itself",
            false);

    private final String meaning;
    private final boolean finding;

    Kind(String meaning, boolean finding) {
        this.meaning = meaning;
        this.finding = finding;
    }

    public String meaning() {
        return meaning;
    }

    /** Whether the clusters differ by it; otherwise it is explained, or missing coverage. */
    public boolean isFinding() {
        return finding;
    }

    /** Whether it is explained by later records of its key, and counted apart: neither equal nor missing. */
    public boolean isApart() {
        return this == COMPACTED || this == SUPERSEDED;
    }

    /** As shown: {@code header-only}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
