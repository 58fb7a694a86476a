package io.towpath.jdbc.park;

import io.towpath.jdbc.config.FenceConfig;
import io.towpath.jdbc.sql.Dialect;
import io.towpath.jdbc.sql.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** The rows of one sink and one source cluster in the table of waiting records, within the caller's transaction. */
final class ParkedTable {
    private static final String MINE = " WHERE sink_id = ? AND source_cluster = ?";
    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    private final FenceConfig sink;
    private final String table;

    ParkedTable(Dialect dialect, FenceConfig sink, String table) {
        this.sink = sink;
        this.table = dialect.quoted(TableId.parse(table));
    }

    /**
     * What waits of {@code partitions}, locked: nobody adds or takes away until the transaction ends. Whoever waited for
     * the lock sees what the other one committed.
     */
    List<Waiting> lock(Connection connection, Collection<TopicPartition> partitions) throws SQLException {
        List<TopicPartition> sorted = partitions.stream().sorted(ORDER).toList();
        String sql = "SELECT topic, part, record_offset, record_key FROM " + table + MINE + " AND ("
                + String.join(" OR ", Collections.nCopies(sorted.size(), "(topic = ? AND part = ?)"))
                + ") ORDER BY topic, part, record_offset FOR UPDATE";
        List<Waiting> waiting = new ArrayList<>();
        try (PreparedStatement statement = mine(connection, sql)) {
            int parameter = 3;
            for (TopicPartition partition : sorted) {
                statement.setString(parameter++, partition.topic());
                statement.setInt(parameter++, partition.partition());
            }
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                TopicPartition partition = new TopicPartition(rows.getString(1), rows.getInt(2));
                waiting.add(new Waiting(partition, rows.getLong(3), rows.getString(4)));
            }
        }
        return waiting;
    }

    void add(Connection connection, List<Waiting> added) throws SQLException {
        String sql = "INSERT INTO " + table
                + " (sink_id, source_cluster, topic, part, record_offset, record_key) VALUES (?, ?, ?, ?, ?, ?)";
        try (PreparedStatement statement = mine(connection, sql)) {
            for (Waiting one : added) {
                coordinates(statement, one);
                statement.setString(6, one.key());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    void remove(Connection connection, List<Waiting> removed) throws SQLException {
        String sql = "DELETE FROM " + table + MINE + " AND topic = ? AND part = ? AND record_offset = ?";
        try (PreparedStatement statement = mine(connection, sql)) {
            for (Waiting one : removed) {
                coordinates(statement, one);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** All of a key in every partition of a topic. */
    void forget(Connection connection, String topic, String key) throws SQLException {
        String sql = "DELETE FROM " + table + MINE + " AND topic = ? AND record_key = ?";
        try (PreparedStatement statement = mine(connection, sql)) {
            statement.setString(3, topic);
            statement.setString(4, key);
            statement.executeUpdate();
        }
    }

    /** What waits of a partition from {@code offset} on: it is read again, or belongs to a log that is gone. */
    void forgetFrom(Connection connection, TopicPartition partition, long offset) throws SQLException {
        String sql = "DELETE FROM " + table + MINE + " AND topic = ? AND part = ? AND record_offset >= ?";
        try (PreparedStatement statement = mine(connection, sql)) {
            coordinates(statement, new Waiting(partition, offset, null));
            statement.executeUpdate();
        }
    }

    void forgetAll(Connection connection) throws SQLException {
        try (PreparedStatement statement = mine(connection, "DELETE FROM " + table + MINE)) {
            statement.executeUpdate();
        }
    }

    /** How many records of this sink wait. */
    int count(Connection connection) throws SQLException {
        try (PreparedStatement statement = mine(connection, "SELECT count(*) FROM " + table + MINE)) {
            ResultSet rows = statement.executeQuery();
            rows.next();
            return rows.getInt(1);
        }
    }

    private PreparedStatement mine(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, sink.sinkId());
        statement.setString(2, sink.sourceCluster());
        return statement;
    }

    private static void coordinates(PreparedStatement statement, Waiting one) throws SQLException {
        statement.setString(3, one.partition().topic());
        statement.setInt(4, one.partition().partition());
        statement.setLong(5, one.offset());
    }
}
