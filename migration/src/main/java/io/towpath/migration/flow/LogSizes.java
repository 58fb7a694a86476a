package io.towpath.migration.flow;

import io.towpath.migration.config.Asked;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.config.ClusterRefusal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/** How many bytes an offset takes: over the whole log or since the last look, whichever is more. */
final class LogSizes {

    private final Asked asked;
    private final Admin admin;
    private final Map<TopicPartition, Long> lastSizes = new HashMap<>();
    private final Map<TopicPartition, Long> lastEnds = new HashMap<>();

    LogSizes(Cluster cluster, Admin admin) {
        this.asked = new Asked(cluster);
        this.admin = admin;
    }

    /** Partitions whose brokers do not say are missing, and named in {@code seen}. */
    Map<TopicPartition, Double> perOffset(Look now, Fronts.Seen seen) {
        Map<TopicPartition, Long> sizes = sizes(now, seen);
        Map<TopicPartition, Double> weights = new HashMap<>();
        sizes.forEach((tp, size) -> {
            Look.Partition partition = now.partitions().get(tp);
            long length = partition.end() - partition.start();
            if (size > 0 && length > 0) {
                long more = partition.end() - lastEnds.getOrDefault(tp, partition.end());
                double lately = more <= 0 ? 0 : (double) (size - lastSizes.get(tp)) / more;
                weights.put(tp, Math.max(lately, (double) size / length));
            }
            lastSizes.put(tp, size);
            lastEnds.put(tp, partition.end());
        });
        return weights;
    }

    private Map<TopicPartition, Long> sizes(Look now, Fronts.Seen seen) {
        Map<TopicPartition, Long> sizes = new HashMap<>();
        KafkaFuture<Collection<Node>> nodes = admin.describeCluster().nodes();
        admin.describeLogDirs(asked.answer("describe the cluster", nodes).stream()
                        .map(Node::id)
                        .collect(Collectors.toSet()))
                .descriptions()
                .forEach((broker, described) -> {
                    try {
                        asked.answer("describe the log directories of broker " + broker, described)
                                .values()
                                .forEach(folder -> folder.replicaInfos()
                                        .forEach((tp, replica) -> sizes.merge(tp, replica.size(), Math::max)));
                    } catch (ClusterRefusal e) {
                        now.partitions().keySet().forEach(tp -> seen.unknown(tp, e.getMessage()));
                    }
                });
        sizes.keySet().retainAll(now.partitions().keySet());
        return sizes;
    }
}
