package io.towpath.migration.switchover.look;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Tells whether a cluster has stood still for long enough.
 *
 * <p>Always: reached only if no look of the last {@code wanted} found anything that speaks against it, and the ends are
 * the same in all of them. Measured with a clock that nobody can set.
 */
public final class QuietPeriod {

    private final Duration wanted;
    private final LongSupplier nanos;
    private Look last;
    private long since;
    private List<String> unrest = List.of("nobody has looked yet");

    /** {@code nanos}: a clock that only goes on, such as {@link System#nanoTime}. */
    public QuietPeriod(Duration wanted, LongSupplier nanos) {
        this.wanted = wanted;
        this.nanos = nanos;
    }

    /** Takes one more look; returns whether the period is over. */
    public boolean reached(Look now) {
        long at = nanos.getAsLong();
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
        return against.isEmpty() && at - since >= wanted.toNanos();
    }

    /** What was last seen to speak against it. */
    public List<String> unrest() {
        return unrest;
    }
}
