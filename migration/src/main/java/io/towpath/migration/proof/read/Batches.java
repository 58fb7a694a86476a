package io.towpath.migration.proof.read;

import io.towpath.migration.config.Cluster;
import io.towpath.migration.proof.BatchScan;
import io.towpath.migration.proof.BatchScan.Content;
import io.towpath.migration.proof.Span;
import io.towpath.migration.proof.Vacancies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchResponseData.AbortedTransaction;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the batches of a cluster's logs once more, to tell offsets that compaction emptied from those of markers. */
final class Batches {

    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);
    private static final int MAX_BYTES = 8 * 1024 * 1024;
    private static final int MAX_WAIT_MS = 500;

    private final Cluster cluster;
    private final ClusterView view;
    private final Clock clock;

    Batches(Cluster cluster, ClusterView view, Clock clock) {
        this.cluster = cluster;
        this.view = view;
        this.clock = clock;
    }

    /** What the batches say of each partition's places; one that cannot be looked at is {@link Vacancies#unseen}. */
    Map<TopicPartition, Vacancies> look(Map<TopicPartition, List<Span>> places) {
        Map<TopicPartition, Vacancies> seen = new HashMap<>();
        if (places.isEmpty()) {
            return seen;
        }
        Map<TopicPartition, ClusterView.Home> homes = view.homes(places.keySet());
        Map<String, Long> retention = view.deleteRetention(topics(places.keySet()));
        places.forEach((tp, some) -> seen.put(tp, look(tp, some, homes.get(tp), retention.get(tp.topic()))));
        return seen;
    }

    private static Set<String> topics(Set<TopicPartition> partitions) {
        Set<String> topics = new HashSet<>();
        partitions.forEach(tp -> topics.add(tp.topic()));
        return topics;
    }

    private Vacancies look(TopicPartition tp, List<Span> places, ClusterView.Home home, long retention) {
        BatchScan scan = new BatchScan(places, clock.millis() - retention);
        try (BrokerLink link = new BrokerLink(cluster, home.leader())) {
            Set<Long> aborting = new HashSet<>();
            long before = -1;
            long stable = Long.MAX_VALUE;
            while (scan.mayLearn() && scan.next() > before && scan.next() < stable) { // else the log ends here, by now
                before = scan.next();
                PartitionData data = fetch(link, tp, home.topic(), before);
                read(scan, data, aborting);
                if (stable == Long.MAX_VALUE && data.lastStableOffset() >= 0) {
                    stable = data.lastStableOffset();
                }
            }
            return scan.vacancies();
        } catch (IOException e) {
            LOG.warn("the batches of {} on {} could not be looked at: {}", tp, cluster.alias(), e.getMessage());
            return Vacancies.unseen();
        }
    }

    private static PartitionData fetch(BrokerLink link, TopicPartition tp, Uuid topic, long from) throws IOException {
        FetchRequest.PartitionData wanted = new FetchRequest.PartitionData(
                topic, from, FetchRequest.INVALID_LOG_START_OFFSET, MAX_BYTES, Optional.empty());
        BrokerLink.Answer answer = link.ask(
                FetchRequest.Builder.forConsumer(ApiKeys.FETCH.latestVersion(), MAX_WAIT_MS, 1, Map.of(tp, wanted))
                        .isolationLevel(IsolationLevel.READ_COMMITTED)
                        .setMaxBytes(MAX_BYTES));
        PartitionData data = ((FetchResponse) answer.body())
                .responseData(Map.of(topic, tp.topic()), answer.version())
                .get(tp);
        Errors error = data == null ? Errors.UNKNOWN_SERVER_ERROR : Errors.forCode(data.errorCode());
        if (error != Errors.NONE) {
            throw new IOException(error.message());
        }
        return data;
    }

    private static void read(BatchScan scan, PartitionData data, Set<Long> aborting) {
        Queue<AbortedTransaction> aborted =
                new PriorityQueue<>(Comparator.comparingLong(AbortedTransaction::firstOffset));
        if (data.abortedTransactions() != null) {
            aborted.addAll(data.abortedTransactions());
        }
        for (RecordBatch batch : FetchResponse.recordsOrFail(data).batches()) {
            while (!aborted.isEmpty() && aborted.peek().firstOffset() <= batch.lastOffset()) {
                aborting.add(aborted.remove().producerId());
            }
            scan.batch(new BatchScan.Batch(
                    batch.baseOffset(),
                    batch.lastOffset(),
                    content(batch, aborting),
                    batch.isTransactional(),
                    batch.producerId(),
                    batch.maxTimestamp()));
            if (batch.isControlBatch()) {
                aborting.remove(batch.producerId());
            }
        }
    }

    private static Content content(RecordBatch batch, Set<Long> aborting) {
        if (batch.isControlBatch()) {
            ByteBuffer key = batch.iterator().next().key();
            return ControlRecordType.parse(key) == ControlRecordType.ABORT
                    ? Content.ABORT_MARKER
                    : Content.COMMIT_MARKER;
        }
        return batch.isTransactional() && aborting.contains(batch.producerId()) ? Content.ABORTED : Content.RECORDS;
    }
}
