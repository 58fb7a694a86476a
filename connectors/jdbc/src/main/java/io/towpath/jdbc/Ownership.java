package io.towpath.jdbc;

import io.towpath.jdbc.fence.Fence;
import io.towpath.jdbc.fence.Move;
import io.towpath.jdbc.fence.Position;
import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.sql.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * The partitions that the framework gave to this task, and which of them are taken over in the database too. A database
 * that cannot be reached when they are assigned does not cost the task: the take-over is tried again with the next
 * batch.
 */
final class Ownership {
    private final SinkTaskContext context;
    private final Session session;
    private final Fence fence;
    private final Set<TopicPartition> waiting = new HashSet<>();
    private final Preparation tables;
    private boolean tablesMade;

    Ownership(SinkTaskContext context, Session session, Fence fence, Preparation tables) {
        this.context = context;
        this.session = session;
        this.tables = tables;
        this.fence = fence;
    }

    /** Makes the tables that the sink keeps for itself. */
    @FunctionalInterface
    interface Preparation {
        void make(Connection connection) throws SQLException;
    }

    void assigned(Collection<TopicPartition> partitions) {
        waiting.addAll(partitions);
    }

    void revoked(Collection<TopicPartition> partitions) {
        waiting.removeAll(partitions);
        fence.close(partitions);
    }

    Set<TopicPartition> waiting() {
        return Set.copyOf(waiting);
    }

    /**
     * Takes over what waits for it, and makes the framework read on where the table says.
     *
     * @return the partitions that are read again from their stored offset: what was read of them before means nothing
     */
    Set<TopicPartition> takeOver() throws SQLException {
        if (waiting.isEmpty()) {
            return Set.of();
        }
        if (!tablesMade) {
            session.transaction(connection -> {
                tables.make(connection);
                return null;
            });
            tablesMade = true;
        }
        Map<TopicPartition, Long> seeks = session.transaction(connection -> fence.open(connection, waiting));
        waiting.clear();
        context.offset(seeks);
        return seeks.keySet();
    }

    /** The records that do not belong to one of {@code partitions}. */
    static List<SinkRecord> without(Set<TopicPartition> partitions, Collection<SinkRecord> records) {
        return records.stream()
                .filter(record -> !partitions.contains(RowOp.partition(record)))
                .toList();
    }

    /**
     * Moves the table past records that the framework itself dropped, as a transform's filter does.
     *
     * @param read up to where everything that came was written
     * @return false when another task owns one of the partitions
     */
    boolean passOver(Map<TopicPartition, OffsetAndMetadata> read) throws SQLException {
        Map<TopicPartition, Long> ends = new HashMap<>();
        read.forEach((partition, offset) -> {
            if (fence.owns(partition)) {
                ends.put(partition, offset.offset());
            }
        });
        List<Move> moves = fence.steps(ends);
        if (moves.isEmpty()) {
            return true;
        }
        boolean moved = session.transaction(connection -> fence.move(connection, moves));
        if (moved) {
            fence.moved(moves);
        }
        return moved;
    }

    /**
     * What the table holds. The epoch goes with it, so that each take-over makes the group commit once: Connect then
     * knows of every partition when it is asked to reset the offsets.
     */
    Map<TopicPartition, OffsetAndMetadata> held(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> held = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Position position = fence.position(partition);
            if (position != null && position.next() != Position.UNKNOWN) {
                held.put(partition, new OffsetAndMetadata(position.next(), "epoch " + position.epoch()));
            }
        }
        return held;
    }
}
