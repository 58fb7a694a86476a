package io.towpath.migration.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets that count as copied although no flow ever stores them. MM2 stores the offset of its last record, so behind a
 * marker or an aborted record it stands before the end for ever, and there is nothing to lose.
 *
 * <pre>
 * source   |----------------next--m--end      m: a marker; counted up to end, as long as nothing readable lies there
 * </pre>
 *
 * Always: only what was seen to hold no record, was gone before anybody looked, or was accepted, is counted.
 */
public final class Counted {

    private final Map<TopicPartition, Long> upTo = new HashMap<>();
    private final Set<TopicPartition> recreated = new HashSet<>();

    /** The look, with what counts as copied taken for copied. */
    public Look in(Look seen) {
        Map<TopicPartition, Look.Partition> partitions = new HashMap<>();
        seen.partitions().forEach((tp, p) -> {
            long next = Math.max(p.next(), Math.min(p.end(), upTo.getOrDefault(tp, 0L)));
            long copied = recreated.contains(tp) ? Math.min(next, p.end()) : next;
            partitions.put(tp, new Look.Partition(copied, p.start(), p.end()));
        });
        return new Look(seen.at(), partitions, seen.topicIds());
    }

    /** All below {@code end} that is not copied was seen to hold no record. */
    public void nothingBelow(TopicPartition partition, long end) {
        upTo.merge(partition, end, Math::max);
    }

    /** Counts what is missing now: somebody has accepted it. */
    public void accept(Look seen) {
        seen.partitions().forEach((tp, p) -> {
            if (p.margin() < 0) {
                nothingBelow(tp, p.start());
            }
            if (p.next() > p.end()) {
                recreated.add(tp);
            }
        });
    }

    /**
     * Counts partitions that the source has emptied up to their end. Whether the last offsets were markers or records,
     * nobody can tell any more, and to stop the flow would save none of them: a line for the operator about each.
     */
    public List<String> emptied(Look seen) {
        List<String> questions = new ArrayList<>();
        new TreeMap<>(byName(seen)).forEach((name, tp) -> {
            Look.Partition p = seen.partitions().get(tp);
            if (p.start() == p.end() && p.next() < p.end()) {
                nothingBelow(tp, p.end());
                questions.add(name + ": the source is empty, and its last " + (p.end() - p.next())
                        + " offsets were not copied: a transaction's marker, or records that are lost;"
                        + " towpath verify tells what is proven");
            }
        });
        return questions;
    }

    private static Map<String, TopicPartition> byName(Look seen) {
        Map<String, TopicPartition> names = new HashMap<>();
        seen.partitions().keySet().forEach(tp -> names.put(tp.toString(), tp));
        return names;
    }
}
