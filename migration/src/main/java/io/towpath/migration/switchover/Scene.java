package io.towpath.migration.switchover;

import io.towpath.migration.config.Cluster;
import io.towpath.migration.config.Migration;
import io.towpath.migration.config.Switching;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.journal.Journal;
import io.towpath.migration.journal.Passage;
import io.towpath.migration.journal.Side;
import io.towpath.migration.switchover.look.LogView;
import io.towpath.mm2.IdentityFlow;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Everything that the steps of one switch share: which way it goes, the clusters, the flows, the proof.
 *
 * @param to the side that will be open
 * @param patience how long to wait for a thing that should happen soon
 */
public record Scene(
        Migration migration,
        Side to,
        List<String> topics,
        Journal journal,
        Acts acts,
        Hands hands,
        Clock clock,
        Duration patience) {

    /** What reaches the clusters and the worker. */
    public record Hands(LogView source, LogView target, FlowHand flows, ProofLine proof) implements AutoCloseable {
        @Override
        public void close() {
            source.close();
            target.close();
        }
    }

    public Scene {
        topics = List.copyOf(topics);
    }

    public Side from() {
        return to.other();
    }

    public Cluster fromCluster() {
        return from().cluster(migration);
    }

    public Cluster toCluster() {
        return to.cluster(migration);
    }

    public LogView fromView() {
        return view(from());
    }

    public LogView toView() {
        return view(to);
    }

    public LogView view(Side side) {
        return side == Side.SOURCE ? hands.source() : hands.target();
    }

    public Switching switching() {
        return migration.switching();
    }

    /** The Connect cluster of the applications on that side. */
    public ConnectRest application(Side side) {
        Switching.Applications applications = switching().applications();
        return new ConnectRest(side == Side.SOURCE ? applications.source() : applications.target());
    }

    /** The flow that has carried what was written on the side that is left. */
    public IdentityFlow flow() {
        return flowFrom(from());
    }

    /** The flow that will bring home what is written on the side that opens. */
    public IdentityFlow opposite() {
        return flowFrom(to);
    }

    private IdentityFlow flowFrom(Side side) {
        return side == Side.SOURCE ? migration.flow(topics) : migration.backFlow(topics);
    }

    public Set<TopicPartition> partitions() {
        return fromView().partitions(topics);
    }

    /** What a step has left in the journal. */
    public Map<String, Object> facts(String step) {
        Passage passage = journal.standing().passage();
        return passage == null ? Map.of() : passage.facts(step);
    }

    /** Offsets that a step has left under {@code key}. */
    public Map<TopicPartition, Long> offsets(String step, String key) {
        return Offsets.read(facts(step).get(key));
    }

    public Patient patient() {
        return new Patient(patience);
    }
}
