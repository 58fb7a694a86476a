package io.towpath.migration.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Differences of one partition: every one counted, the first {@link #LISTED} spans listed. */
final class Tally {

    static final int LISTED = 1000;

    private static final Comparator<Finding> BY_PLACE = Comparator.comparing(Finding::kind)
            .thenComparing(
                    f -> f.source() == null ? f.target().from() : f.source().from())
            .thenComparing(f -> f.target() == null ? -1 : f.target().from());

    private final TopicPartition partition;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final List<Finding> findings = new ArrayList<>();

    Tally(TopicPartition partition) {
        this.partition = partition;
    }

    /** One record; null for a side that has none. */
    void add(Kind kind, Entry source, Entry target) {
        add(new Finding(
                kind,
                partition,
                source == null ? null : Span.at(source.offset()),
                target == null ? null : Span.at(target.offset()),
                1));
    }

    void add(Finding finding) {
        counts.merge(finding.kind(), finding.count(), Long::sum);
        int last = findings.size() - 1;
        if (last >= 0 && findings.get(last).joins(finding)) {
            findings.set(last, findings.get(last).and(finding));
        } else if (findings.size() < LISTED * 100) {
            findings.add(finding);
        }
    }

    void count(Kind kind, long records) {
        if (records > 0) {
            counts.merge(kind, records, Long::sum);
        }
    }

    Map<Kind, Long> counts() {
        return new EnumMap<>(counts);
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The findings and the missing coverage by place, neighbours as one. */
    List<Finding> findings() {
        List<Finding> merged = new ArrayList<>();
        findings.stream().sorted(BY_PLACE).forEach(finding -> {
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).joins(finding)) {
                merged.set(last, merged.get(last).and(finding));
            } else {
                merged.add(finding);
            }
        });
        return merged.size() > LISTED ? List.copyOf(merged.subList(0, LISTED)) : List.copyOf(merged);
    }
}
