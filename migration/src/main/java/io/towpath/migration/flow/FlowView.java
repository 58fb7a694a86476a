package io.towpath.migration.flow;

import io.towpath.migration.Interrupted;
import io.towpath.migration.Patience;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.SourceOffset;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks at a flow: what Connect has stored for it, and what the source still holds. */
public final class FlowView implements AutoCloseable {

    private static final Duration SETTLES = Duration.ofSeconds(20);

    private final Cluster source;
    private final ConnectRest rest;
    private final String flow;
    private final Clock clock;
    private final Admin admin;

    public FlowView(Cluster source, ConnectRest rest, String flow, Clock clock) {
        this.source = source;
        this.rest = rest;
        this.flow = flow;
        this.clock = clock;
        this.admin = Admin.create(source.properties());
    }

    /** A topic that the source does not have any more is left out. */
    public Look look(Collection<String> topics) {
        return Patience.of(SETTLES)
                .until(() -> once(topics))
                .orElseThrow(() -> new FlowFailure(source.alias() + " does not say which topics it has", null));
    }

    /** Empty when a topic went away between two questions. */
    private Optional<Look> once(Collection<String> topics) {
        try {
            return Optional.of(now(topics));
        } catch (FlowFailure e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Look now(Collection<String> topics) {
        Map<TopicPartition, Long> copied = copied();
        Map<String, String> ids = new HashMap<>();
        Map<TopicPartition, OffsetSpec> first = new HashMap<>();
        Map<TopicPartition, OffsetSpec> last = new HashMap<>();
        admin.describeTopics(topics)
                .topicNameValues()
                .forEach((name, described) -> present(name, described).ifPresent(topic -> {
                    ids.put(name, topic.topicId().toString());
                    topic.partitions().forEach(p -> {
                        first.put(new TopicPartition(name, p.partition()), OffsetSpec.earliest());
                        last.put(new TopicPartition(name, p.partition()), OffsetSpec.latest());
                    });
                }));
        Map<TopicPartition, ListOffsetsResultInfo> starts =
                answer(admin.listOffsets(first).all());
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                answer(admin.listOffsets(last, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all());
        Map<TopicPartition, Look.Partition> partitions = new HashMap<>();
        starts.forEach((tp, start) -> partitions.put(
                tp,
                new Look.Partition(
                        copied.getOrDefault(tp, start.offset() - 1) + 1,
                        start.offset(),
                        ends.get(tp).offset())));
        return new Look(clock.instant(), partitions, ids);
    }

    /** Last copied offsets; a partition of which nothing was copied yet is absent. */
    public Map<TopicPartition, Long> copied() {
        Map<TopicPartition, Long> copied = new HashMap<>();
        for (SourceOffset offset : rest.offsets(flow)) {
            TopicPartition tp = new TopicPartition(
                    offset.partition().get("topic").toString(),
                    ((Number) offset.partition().get("partition")).intValue());
            copied.put(tp, ((Number) offset.offset().get("offset")).longValue());
        }
        return copied;
    }

    private Optional<TopicDescription> present(String name, KafkaFuture<TopicDescription> topic) {
        try {
            return Optional.of(topic.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw new FlowFailure(source.alias() + " does not describe " + name, e.getCause());
        } catch (InterruptedException e) {
            throw new Interrupted("looking at " + name, e);
        }
    }

    private <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new FlowFailure(source.alias() + " does not answer", e.getCause());
        } catch (InterruptedException e) {
            throw new Interrupted("asking " + source.alias(), e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
