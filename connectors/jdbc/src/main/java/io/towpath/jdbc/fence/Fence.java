package io.towpath.jdbc.fence;

import io.towpath.jdbc.row.RowOp;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What this task may write: the partitions that it owns, each with the epoch and the next offset that the offsets table
 * held when it was last seen.
 *
 * <p>Always: (A) a batch is written in the transaction that moves the table from exactly where this task believes it to
 * be, or not at all; (B) once another owner has raised a partition's epoch, nothing more of that partition is written
 * from here; (C) a position never goes back while the partition is owned. Not safe for use by several threads.
 *
 * <pre>
 * log     |----------[ batch ]----
 * table   |----------n              n = next offset: the batch begins at or after n
 * commit  |-------------------n'    rows and n' in one transaction
 * </pre>
 */
public final class Fence {
    private final FenceTable table;
    private final Map<TopicPartition, Position> owned = new HashMap<>();

    public Fence(FenceTable table) {
        this.table = table;
    }

    /**
     * Takes the partitions over: whoever owned them before can write no more.
     *
     * @return where to read on, for each partition that was written before
     */
    public Map<TopicPartition, Long> open(Connection connection, Collection<TopicPartition> partitions)
            throws SQLException {
        Map<TopicPartition, Position> raised = table.raise(connection, partitions);
        owned.putAll(raised);
        Map<TopicPartition, Long> seeks = new HashMap<>();
        raised.forEach((partition, position) -> {
            if (position.next() != Position.UNKNOWN) {
                seeks.put(partition, position.next());
            }
        });
        return seeks;
    }

    public void close(Collection<TopicPartition> partitions) {
        owned.keySet().removeAll(partitions);
    }

    public boolean owns(TopicPartition partition) {
        return owned.containsKey(partition);
    }

    /** Null when the partition is not owned. */
    public Position position(TopicPartition partition) {
        return owned.get(partition);
    }

    /** The offset of the next record to be written; {@link Position#UNKNOWN} before the first and when not owned. */
    public long next(TopicPartition partition) {
        Position position = owned.get(partition);
        return position == null ? Position.UNKNOWN : position.next();
    }

    /**
     * The steps that writing {@code records} means.
     *
     * @throws ConnectException when a record stands before what is already written: its log was reset
     */
    public List<Move> steps(Collection<SinkRecord> records) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        SinkRecord last = null;
        for (SinkRecord record : records) {
            if (last == null || !samePartition(last, record)) {
                end(last, ends);
                TopicPartition partition = RowOp.partition(record);
                if (!ends.containsKey(partition)) {
                    refuseReset(partition, record.originalKafkaOffset());
                }
            }
            last = record;
        }
        end(last, ends);
        return steps(ends);
    }

    private static boolean samePartition(SinkRecord one, SinkRecord other) {
        return one.originalKafkaPartition().equals(other.originalKafkaPartition())
                && one.originalTopic().equals(other.originalTopic());
    }

    private static void end(SinkRecord last, Map<TopicPartition, Long> ends) {
        if (last != null) {
            ends.put(RowOp.partition(last), last.originalKafkaOffset() + 1);
        }
    }

    /** The steps that passing over everything before {@code ends} means; none for a partition that stands there. */
    public List<Move> steps(Map<TopicPartition, Long> ends) {
        List<Move> moves = new ArrayList<>();
        ends.forEach((partition, end) -> {
            Position position = owned(partition);
            if (end > position.next()) {
                moves.add(new Move(partition, position.epoch(), position.next(), end));
            }
        });
        return moves;
    }

    private void refuseReset(TopicPartition partition, long offset) {
        long next = owned(partition).next();
        if (offset < next) {
            throw new ConnectException("record " + partition + "@" + offset + " stands before offset " + next
                    + " up to which this sink has written: topic " + partition.topic()
                    + " was deleted and created again, or cut. To read it from its beginning, stop the connector, set the"
                    + " offset of each of its partitions to null (PATCH /connectors/{name}/offsets) and resume it");
        }
    }

    private Position owned(TopicPartition partition) {
        Position position = owned.get(partition);
        if (position == null) {
            throw new ConnectException("partition " + partition + " is not open here");
        }
        return position;
    }

    /** First statement of a transaction. False: nothing may be written, {@link #learn} tells why. */
    public boolean move(Connection connection, List<Move> moves) throws SQLException {
        return moves.isEmpty() || table.move(connection, moves) == moves.size();
    }

    /** The transaction of these moves is committed. */
    public void moved(List<Move> moves) {
        for (Move move : moves) {
            owned.put(move.partition(), new Position(move.to(), move.epoch()));
        }
    }

    /**
     * Looks why a move did not match, and takes over the stored offsets where they are this task's own: a commit whose
     * answer was lost.
     *
     * @throws Overtaken when a partition has another owner
     * @throws ConnectException when the table was edited
     */
    public void learn(Connection connection, List<Move> moves) throws SQLException {
        List<TopicPartition> partitions = moves.stream().map(Move::partition).toList();
        Map<TopicPartition, Position> stored = table.read(connection, partitions);
        List<TopicPartition> overtaken = new ArrayList<>();
        for (Move move : moves) {
            Position position = stored.get(move.partition());
            if (position == null || position.epoch() != move.epoch()) {
                overtaken.add(move.partition());
                continue;
            }
            if (position.next() < move.from()) {
                throw new ConnectException("the offset of " + move.partition() + " was set back from " + move.from()
                        + " to " + position.next()
                        + " while the connector runs: restart the task to read on from there");
            }
            owned.put(move.partition(), position);
        }
        if (!overtaken.isEmpty()) {
            throw new Overtaken(overtaken);
        }
    }
}
