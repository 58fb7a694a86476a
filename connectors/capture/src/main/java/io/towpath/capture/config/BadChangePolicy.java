package io.towpath.capture.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What becomes of a change that lacks what a rule must know. */
public enum BadChangePolicy {
    /** It fails the task; reading begins with it again. */
    FAIL,
    /** It becomes no activity, and is counted. */
    SKIP;

    static List<String> words() {
        return Arrays.stream(values())
                .map(p -> p.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    static BadChangePolicy of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
