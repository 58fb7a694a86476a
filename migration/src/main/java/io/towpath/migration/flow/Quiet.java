package io.towpath.migration.flow;

import io.towpath.migration.config.Cluster;
import io.towpath.migration.lag.Judgement;
import io.towpath.migration.lag.Lag;
import io.towpath.migration.lag.Place;
import io.towpath.migration.lag.Remainder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Asks of partitions that stand still before their end whether a record lies there, or only what is never copied. */
public final class Quiet {

    private final Cluster source;
    private final String flow;
    private final Map<TopicPartition, Look.Partition> asked = new HashMap<>();

    public Quiet(Cluster source, String flow) {
        this.source = source;
        this.flow = flow;
    }

    /**
     * Of the partitions that did not change between two looks.
     *
     * @param again asks once more, also those that were asked before, when nothing at all changed
     * @return ends, of partitions that hold no record that is not copied
     */
    public Map<TopicPartition, Long> ask(Look last, Look now, boolean again) {
        boolean still = again && now.partitions().equals(last.partitions());
        List<Lag> left = new ArrayList<>();
        now.partitions().forEach((tp, p) -> {
            boolean quiet = p.left() > 0 && p.equals(last.partitions().get(tp));
            if (quiet && (!p.equals(asked.put(tp, p)) || still)) {
                left.add(new Lag(new Place(flow, tp), p.end() - p.left(), p.left(), Judgement.STALLED));
            }
        });
        Map<TopicPartition, Long> ends = new HashMap<>();
        new Remainder(source)
                .clear(left).stream()
                        .filter(lag -> !lag.judgement().bad())
                        .forEach(lag -> ends.put(lag.place().partition(), lag.committed() + lag.offsets()));
        return ends;
    }
}
