package io.towpath.migration.switchover;

import io.towpath.migration.Patience;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for something that a switch needs, and refuses in words when it does not come. */
public record Patient(Duration limit) {

    private static final Duration EVERY = Duration.ofMillis(100);

    /** Returns when {@code missing} is empty; what it says at the end of the time is the reason of the refusal. */
    public void until(Supplier<Optional<String>> missing) {
        String[] last = {""};
        boolean there = new Patience(limit, EVERY)
                .until(() -> {
                    Optional<String> lack = missing.get();
                    lack.ifPresent(words -> last[0] = words);
                    return lack.isPresent() ? Optional.empty() : Optional.of(true);
                })
                .isPresent();
        if (!there) {
            throw new Refused(last[0] + ", " + limit.toSeconds() + " s long");
        }
    }
}
