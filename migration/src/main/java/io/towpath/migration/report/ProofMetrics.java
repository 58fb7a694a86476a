package io.towpath.migration.report;

import io.towpath.migration.metrics.Exposition;
import io.towpath.migration.metrics.Exposition.Gauge;
import io.towpath.migration.proof.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is proven, for Prometheus. */
public final class ProofMetrics {

    private static final Gauge UNTIL = new Gauge(
            "towpath_proof_proven_until_seconds", "All that the source had committed by then is judged (Unix time)");
    private static final Gauge EQUAL =
            new Gauge("towpath_proof_records_equal", "Records equal on both sides, in order");
    private static final Gauge DIFFERING =
            new Gauge("towpath_proof_records_differing", "Records by which the clusters differ");
    private static final Gauge NOT_PROVEN =
            new Gauge("towpath_proof_records_not_proven", "Records that could not be compared");

    public static final List<Gauge> ALL = List.of(UNTIL, EQUAL, DIFFERING, NOT_PROVEN);

    private ProofMetrics() {}

    /** {@code until}: all that the source had committed by then is judged; none while the first of it still waits. */
    public static Exposition of(Proven proven, Optional<Instant> until) {
        Exposition shown = new Exposition(ALL);
        until.ifPresent(instant ->
                shown.add(UNTIL, Map.of("migration", proven.migration().name()), instant.toEpochMilli() / 1000.0));
        for (TopicSum topic : TopicSum.of(proven.results())) {
            Map<String, String> labels = Map.of("topic", topic.topic());
            shown.add(EQUAL, labels, topic.equal());
            shown.add(DIFFERING, labels, differing(topic));
            shown.add(NOT_PROVEN, labels, topic.count(Kind.NOT_PROVEN) + topic.count(Kind.EXPIRED));
        }
        return shown;
    }

    private static long differing(TopicSum topic) {
        return Arrays.stream(Kind.values())
                .filter(Kind::isFinding)
                .mapToLong(topic::count)
                .sum();
    }
}
