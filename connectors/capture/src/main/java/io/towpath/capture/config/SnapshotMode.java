package io.towpath.capture.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which rows that were there before capture began are read. */
public enum SnapshotMode {
    /** None. */
    NONE,
    /** Those of the tables of rules on snapshots, and of the consent tables. */
    INITIAL,
    /** Those of the consent tables. */
    CONSENT_ONLY;

    static List<String> words() {
        return Arrays.stream(values()).map(SnapshotMode::word).toList();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static SnapshotMode of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
