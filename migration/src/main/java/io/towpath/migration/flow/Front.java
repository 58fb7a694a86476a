package io.towpath.migration.flow;

import java.time.Duration;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Up to which offset the source may delete one partition, now and later. Between two of the given times it is taken to
 * move evenly; behind the last one nothing is known.
 *
 * <pre>
 * offset            . front           the flow: from {@code next} on, at its own speed
 *   |   next . - - /- - - -
 *   |           . /
 *   |         .  /   overtaken here
 *   +-----------------------> time
 * </pre>
 *
 * @param least a shorter time to loss is a danger: retention that is short itself allows no long one
 * @param offsets by milliseconds from now; the first one is now
 */
public record Front(Duration least, NavigableMap<Long, Double> offsets) {

    public Front {
        offsets = Collections.unmodifiableNavigableMap(new TreeMap<>(offsets));
    }

    /** Whether the next record to be copied is older already than what the source promises to keep. */
    public boolean passed(long next) {
        return now() > next;
    }

    /** Offsets below may be deleted at any moment. */
    public double now() {
        return offsets.firstEntry().getValue();
    }

    /**
     * When the front overtakes a flow that is before it, or gets before it; empty when that does not happen in the times that
     * are known. Zero when the flow is behind and does not gain on it either.
     *
     * @param perMilli offsets that the flow copies in a millisecond
     */
    public Optional<Duration> overtakes(long next, double perMilli) {
        double first = next - now();
        double lead = first; // of the flow, at the time before
        long then = 0;
        boolean escaped = false;
        for (var point : offsets.entrySet()) {
            double ahead = next + perMilli * point.getKey() - point.getValue();
            if (ahead < 0 && escaped) {
                return Optional.of(Duration.ofMillis(then + (long) ((point.getKey() - then) * lead / (lead - ahead))));
            }
            escaped |= ahead >= 0;
            lead = ahead;
            then = point.getKey();
        }
        return escaped || lead > first ? Optional.empty() : Optional.of(Duration.ZERO);
    }
}
