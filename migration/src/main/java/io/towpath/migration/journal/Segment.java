package io.towpath.migration.journal;

import java.util.List;
import java.util.Map;

/**
 * A closed stretch of the migration, in which applications wrote to one side and a flow carried it to the other.
 *
 * @param from where applications wrote
 * @param until ISO-8601, when it was closed
 * @param fromEnds {@code topic-partition} to the end there when it was closed, exclusive
 * @param toEnds the same on the other side: where the next stretch begins
 * @param stamped topics that are stamped by the broker on the open side
 * @param groups per group, {@code topic-partition} to the position that it was set to on the other side
 */
public record Segment(
        Side from,
        String until,
        Map<String, Long> fromEnds,
        Map<String, Long> toEnds,
        List<String> stamped,
        Map<String, Map<String, Long>> groups) {

    public Segment {
        fromEnds = Map.copyOf(fromEnds);
        toEnds = Map.copyOf(toEnds);
        stamped = List.copyOf(stamped);
        groups = groups == null ? Map.of() : Map.copyOf(groups); // journals of older versions have none
    }
}
