package io.towpath.capture.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a reader of the activity topic may rely on. */
public enum Delivery {
    /** Each activity once, a database transaction whole, for a {@code read_committed} reader. */
    EXACTLY_ONCE,
    /** Each activity at least once; a repeat has the same id. */
    AT_LEAST_ONCE,
    /** Like at least once with {@code acks=1}: what a failing broker loses stays lost. */
    BEST_EFFORT;

    static List<String> words() {
        return Arrays.stream(values()).map(Delivery::word).toList();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Delivery of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
