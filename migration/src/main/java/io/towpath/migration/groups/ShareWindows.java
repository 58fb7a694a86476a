package io.towpath.migration.groups;

import io.towpath.migration.groups.Group.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Positions of a share group: a broker tells the start of its window and the lag, which counts from the log's end at that
 * moment. What lies between start and end and is no lag is acknowledged already.
 *
 * <p>Always: start and lag were told while the end did not move. A record that came in between would else be taken for an
 * acknowledged one.
 */
record ShareWindows(
        Supplier<Map<TopicPartition, SharePartitionOffsetInfo>> windows,
        Function<Set<TopicPartition>, Map<TopicPartition, Long>> ends) {

    private static final int LOOKS = 20;

    /** Empty when the ends move all the time. */
    Optional<Map<TopicPartition, Position>> positions() {
        Map<TopicPartition, Long> before = ends.apply(windows.get().keySet());
        for (int looks = 0; looks < LOOKS; looks++) {
            Map<TopicPartition, SharePartitionOffsetInfo> told = windows.get();
            Map<TopicPartition, Long> after = ends.apply(told.keySet());
            if (after.equals(before)) {
                Map<TopicPartition, Position> positions = new HashMap<>();
                told.forEach((tp, window) -> positions.put(tp, position(window, after.get(tp))));
                return Optional.of(positions);
            }
            before = after;
        }
        return Optional.empty();
    }

    /** A broker that does not tell the lag may have anything acknowledged; one without lag has all of it. */
    private static Position position(SharePartitionOffsetInfo window, long end) {
        long between = end - window.startOffset();
        long lag = window.lag().orElse(0L);
        boolean read = window.lag().isPresent() && lag == 0;
        return read ? new Position(end, "", 0) : new Position(window.startOffset(), "", between - lag);
    }
}
