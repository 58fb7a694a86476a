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
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * The partitions that the framework gave to this task, and which of them are taken over in the database too. A database
 * that cannot be reached when they are assigned does not cost the task: the take-over is tried again with the next
 * batch.
 */
final class Ownership {
    private final Seeks seeks;
    private final Session session;
    private final Fence fence;
    private final Set<TopicPartition> waiting = new HashSet<>();
    // Taken over while a failed batch was under way: how far Connect says they are read may be that batch's end.
    private final Set<TopicPartition> doubted = new HashSet<>();
    private final Preparation tables;
    private boolean tablesMade;

    Ownership(SinkTaskContext context, Session session, Fence fence, Preparation tables) {
        this.seeks = new Seeks(context);
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
        doubted.removeAll(partitions);
        seeks.forget(partitions);
        fence.close(partitions);
    }

    Set<TopicPartition> waiting() {
        return Set.copyOf(waiting);
    }

    /**
     * Takes over what waits for it, and makes the framework read on where the table says.
     *
     * @param again whether the framework still has a batch for which {@code put} failed
     */
    void takeOver(boolean again) throws SQLException {
        if (waiting.isEmpty()) {
            return;
        }
        if (!tablesMade) {
            session.transaction(connection -> {
                tables.make(connection);
                return null;
            });
            tablesMade = true;
        }
        Map<TopicPartition, Long> stored = session.transaction(connection -> fence.open(connection, waiting));
        if (again) {
            doubted.addAll(waiting);
        }
        waiting.clear();
        seeks.ask(stored);
    }

    /**
     * What of a batch is to be written, after taking over what waits. Records of a partition that is to be read from
     * another offset come again from there.
     *
     * <p>A batch that comes again may hold records of partitions that were revoked since: where a transform renamed the
     * topic, the framework does not take them out.
     *
     * @param again whether the last batch was not taken, so that this is the same
     */
    Collection<SinkRecord> toWrite(Collection<SinkRecord> records, boolean again) throws SQLException {
        seeks.batchComes(again);
        takeOver(again);
        if (!again && seeks.none()) {
            return records;
        }
        return records.stream().filter(record -> isToWrite(record, again)).toList();
    }

    private boolean isToWrite(SinkRecord record, boolean again) {
        TopicPartition partition = RowOp.partition(record);
        if (seeks.pending(partition)) {
            return false;
        }
        return !again || fence.owns(partition);
    }

    /**
     * Moves the table past records that the framework itself dropped, as a transform's filter does.
     *
     * @param read up to where everything that came was written
     * @throws ConnectException when another task owns one of the partitions
     */
    void passOver(Map<TopicPartition, OffsetAndMetadata> read) throws SQLException {
        Map<TopicPartition, Long> ends = new HashMap<>();
        read.forEach((partition, offset) -> {
            if (isReadThatFar(partition)) {
                ends.put(partition, offset.offset());
            }
        });
        List<Move> moves = fence.steps(ends);
        if (moves.isEmpty()) {
            return;
        }
        boolean moved = session.transaction(connection -> {
            boolean all = fence.move(connection, moves);
            if (!all) {
                connection.rollback();
            }
            return all;
        });
        if (moved) {
            fence.moved(moves);
            return;
        }
        session.transaction(connection -> {
            fence.learn(connection, moves);
            return null;
        });
    }

    /** Whether the framework's word for how far {@code partition} is read can be taken. */
    private boolean isReadThatFar(TopicPartition partition) {
        Position position = fence.position(partition);
        boolean doubtful = position != null && position.next() == Position.UNKNOWN && doubted.contains(partition);
        return position != null && !doubtful && !waiting.contains(partition) && !seeks.pending(partition);
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
