package io.towpath.capture.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a database that cannot be read does to its task. */
public enum FailurePolicy {
    /** It backs off and is tried again; the other databases go on. */
    RETRY,
    /** It fails the task. */
    FAIL;

    static List<String> words() {
        return Arrays.stream(values())
                .map(p -> p.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    static FailurePolicy of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
