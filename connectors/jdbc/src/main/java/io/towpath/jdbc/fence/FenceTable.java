package io.towpath.jdbc.fence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The rows of the offsets table that belong to one sink and one source cluster. Every method works inside the caller's
 * transaction.
 *
 * <p>A row is never removed, so that an epoch is never used twice: a forgotten offset is {@link Position#UNKNOWN}.
 */
public interface FenceTable {
    /** The layout of a row; one with a higher number was written by a newer version of the sink. */
    int FORMAT = 1;

    /** Creates the table if it is missing; several tasks may try at once. */
    void create(Connection connection) throws SQLException;

    /** Raises the epoch of each partition and tells what the table holds then. */
    Map<TopicPartition, Position> raise(Connection connection, Collection<TopicPartition> partitions)
            throws SQLException;

    /**
     * One statement: moves each partition whose row holds the step's epoch and start.
     *
     * @return how many rows were moved
     */
    int move(Connection connection, List<Move> moves) throws SQLException;

    Map<TopicPartition, Position> read(Connection connection, Collection<TopicPartition> partitions)
            throws SQLException;

    /** As {@link #read}, what is committed by now; waits for no other task. */
    Map<TopicPartition, Position> glance(Connection connection, Collection<TopicPartition> partitions)
            throws SQLException;

    /** Sets the next offset of each partition and raises its epoch. */
    void set(Connection connection, Map<TopicPartition, Long> next) throws SQLException;

    /** Forgets the offsets of every partition of this sink and raises their epochs. */
    void forgetAll(Connection connection) throws SQLException;
}
