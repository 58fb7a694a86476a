package io.towpath.migration.flow;

import io.towpath.migration.config.Asked;
import io.towpath.migration.config.Cluster;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Tells a target that was built anew under a flow that remembers the old one: MM2 would go on in the middle. */
public final class Rebuilt {

    private Rebuilt() {}

    /** {@code copied}: last copied offsets, as the flow remembers them; their topics are on the target. */
    public static List<Danger> dangers(Cluster target, Map<TopicPartition, Long> copied) {
        try (Admin admin = Admin.create(target.properties())) {
            Map<TopicPartition, OffsetSpec> asked =
                    copied.keySet().stream().collect(Collectors.toMap(tp -> tp, tp -> OffsetSpec.latest()));
            var ends = new Asked(target)
                    .answer(
                            "list the ends of the topics",
                            admin.listOffsets(asked).all());
            return copied.entrySet().stream()
                    .filter(one -> ends.get(one.getKey()).offset() == 0)
                    .map(one -> (Danger) new Danger.Unknown(one.getKey(), one.getValue() + 1))
                    .toList();
        }
    }
}
