package io.towpath.migration.switchover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * Until when a rollback loses nothing, decided from facts.
 *
 * <p>Always: never later than the moment from which a broker may delete a record that is not home yet, or not proven.
 */
public record WayBack(Map<TopicPartition, Pending> partitions) {

    /**
     * What one partition of the open side still owes.
     *
     * @param oldest when its first record that is not home, or not proven, was written; null when it owes none
     * @param kept the shorter {@code retention.ms} of both sides; null when neither deletes by age
     * @param bySize whether a side deletes by size
     * @param gone offsets that were deleted before the flow copied them
     */
    public record Pending(Instant oldest, Duration kept, boolean bySize, long gone) {

        /** Records written from now on are kept as long as any. */
        private Optional<Instant> until(Instant now) {
            return Optional.ofNullable(kept).map(kept -> (oldest == null ? now : oldest).plus(kept));
        }
    }

    private static final Comparator<Map.Entry<TopicPartition, Pending>> BY_NAME =
            Comparator.comparing(e -> e.getKey().toString());

    public WayBack {
        partitions = Map.copyOf(partitions);
    }

    /** What is so at {@code now}, one sentence each. */
    public List<String> lines(Instant now) {
        List<String> lines = new ArrayList<>();
        sorted().filter(e -> e.getValue().gone() > 0)
                .forEach(e -> lines.add("NOT safe to roll back: " + e.getKey() + ": "
                        + e.getValue().gone() + " offsets were deleted before they came home"));
        if (lines.isEmpty()) {
            lines.add(until(now));
        }
        sorted().filter(e -> e.getValue().bySize() && e.getValue().oldest() != null)
                .forEach(e -> lines.add(e.getKey()
                        + ": retention.bytes may delete earlier what is not home or not proven; no time can be said"));
        return lines;
    }

    private String until(Instant now) {
        Optional<Map.Entry<TopicPartition, Pending>> first = sorted().filter(
                        e -> e.getValue().kept() != null)
                .min(Comparator.comparing(e -> e.getValue().until(now).orElse(Instant.MAX)));
        if (first.isEmpty()) {
            return "safe to roll back: nothing is deleted by age";
        }
        Pending pending = first.get().getValue();
        Instant until = pending.until(now).orElseThrow();
        String because =
                first.get().getKey() + " keeps records for " + pending.kept().toHours() + " h"
                        + (pending.oldest() == null
                                ? ", and all of it is home and proven"
                                : ", and its oldest one not home or not proven is of " + pending.oldest());
        return until.isAfter(now)
                ? "safe to roll back until " + until + " even if the flow stopped now: " + because
                : "NOT safe to roll back later than now: " + because;
    }

    private Stream<Map.Entry<TopicPartition, Pending>> sorted() {
        return partitions.entrySet().stream().sorted(BY_NAME);
    }
}
