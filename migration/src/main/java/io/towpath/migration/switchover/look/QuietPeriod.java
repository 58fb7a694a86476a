package io.towpath.migration.switchover.look;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Tells whether a cluster has stood still for long enough.
 *
 * <p>Always: reached only if no look of the last {@code wanted} found anything that speaks against it, and the ends are
 * the same in all of them.
 */
public final class QuietPeriod {

    private final Duration wanted;
    private final Clock clock;
    private Look last;
    private Instant since;
    private List<String> unrest = List.of("nobody has looked yet");

    public QuietPeriod(Duration wanted, Clock clock) {
        this.wanted = wanted;
        this.clock = clock;
    }

    /** Takes one more look; returns whether the period is over. */
    public boolean reached(Look now) {
        Instant at = clock.instant();
        List<String> against = last == null ? List.of() : now.unrest(last);
        if (last == null) {
            since = at;
            against = now.unrest(now);
        }
        if (!against.isEmpty()) {
            since = at;
            unrest = against;
        }
        last = now;
        return against.isEmpty() && Duration.between(since, at).compareTo(wanted) >= 0;
    }

    /** What was last seen to speak against it. */
    public List<String> unrest() {
        return unrest;
    }
}
