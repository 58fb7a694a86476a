package io.towpath.capture.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What becomes of what a server holds for a database that is no longer captured. */
public enum RemovedPolicy {
    /** It stays, and is named together with the statement that drops it. */
    KEEP,
    /** It is dropped. */
    DROP;

    static List<String> words() {
        return Arrays.stream(values())
                .map(p -> p.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    static RemovedPolicy of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
