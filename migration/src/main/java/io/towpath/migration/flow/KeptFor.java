package io.towpath.migration.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How long, and how much, a topic keeps.
 *
 * @param millis empty for ever
 * @param bytes of each partition; empty for all of it
 */
record KeptFor(Optional<Long> millis, Optional<Long> bytes) {

    /** Now, a quarter, a half, once, and five times the double; none is later than the retention itself. */
    static final int STEPS = 9;

    private static final int ONCE = 3;

    /** A time before 1970, which some write for ever, is for ever. */
    static KeptFor of(Config config, Instant now) {
        boolean deletes =
                config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value().contains(TopicConfig.CLEANUP_POLICY_DELETE);
        return new KeptFor(
                number(config, TopicConfig.RETENTION_MS_CONFIG)
                        .filter(millis -> deletes && millis < now.toEpochMilli()),
                number(config, TopicConfig.RETENTION_BYTES_CONFIG).filter(any -> deletes));
    }

    private static Optional<Long> number(Config config, String key) {
        return Optional.of(Long.parseLong(config.get(key).value())).filter(number -> number >= 0);
    }

    /** What may be guarded at most: half of the retention, or a topic that is read in time is in danger always. */
    Duration least(Duration wished) {
        return millis.map(kept -> Duration.ofMillis(kept / 2))
                .filter(half -> half.compareTo(wished) < 0)
                .orElse(wished);
    }

    /** Milliseconds from now. */
    long step(int step, Duration wished) {
        long once = least(wished).toMillis();
        long ahead = step == 0 ? 0 : step < ONCE ? once >> (ONCE - step) : once << (step - ONCE);
        return Math.min(ahead, millis.orElse(Long.MAX_VALUE));
    }

    /** The timestamp below which records may be deleted now. */
    long oldest(Instant now) {
        return now.toEpochMilli() - millis.orElseThrow();
    }
}
