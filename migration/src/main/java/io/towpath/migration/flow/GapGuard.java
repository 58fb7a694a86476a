package io.towpath.migration.flow;

import java.util.ArrayList;
import java.util.List;

/**
 * Watches the distance between what the source has deleted and what is copied.
 *
 * <pre>
 * source   |start-----------next--------------end
 *           deleted up to    copied up to
 *                 margin
 * </pre>
 */
public final class GapGuard {

    private final Look first;

    public GapGuard(Look first) {
        this.first = first;
    }

    public List<Danger> dangers(Look now) {
        List<Danger> dangers = new ArrayList<>();
        first.topicIds().forEach((topic, id) -> {
            if (!id.equals(now.topicIds().get(topic))) {
                dangers.add(new Danger.Recreated(topic));
            }
        });
        now.partitions().forEach((tp, partition) -> {
            if (partition.next() > partition.end()) {
                dangers.add(new Danger.Beyond(tp, partition.next(), partition.end()));
            } else if (partition.margin() < 0) {
                dangers.add(new Danger.Passed(tp, -partition.margin()));
            }
        });
        return dangers;
    }
}
