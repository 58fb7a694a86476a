package io.towpath.jdbc.mariadb;

import io.towpath.jdbc.config.FenceConfig;
import io.towpath.jdbc.fence.FenceTable;
import io.towpath.jdbc.fence.Move;
import io.towpath.jdbc.fence.Position;
import io.towpath.jdbc.sql.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;

/** The offsets table in MariaDB. */
final class MariaDbFence implements FenceTable {
    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);
    private static final String MINE = " WHERE sink_id = ? AND source_cluster = ?";
    private static final String RAISE = " ON DUPLICATE KEY UPDATE epoch = epoch + 1, updated_at = utc_timestamp(6)";

    private final FenceConfig config;
    private final TableId id;
    private final String table;

    MariaDbFence(FenceConfig config) {
        this.config = config;
        this.id = TableId.parse(config.offsetsTable());
        this.table = MariaDbSql.quoted(id);
    }

    @Override
    public void create(Connection connection) throws SQLException {
        if (MariaDbCatalog.describe(connection, id).isPresent()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table
                    + " (sink_id varchar(190) NOT NULL, source_cluster varchar(190) NOT NULL,"
                    + " topic varchar(249) NOT NULL, `partition` int NOT NULL, next_offset bigint NOT NULL,"
                    + " epoch bigint NOT NULL, format_version int NOT NULL, updated_at datetime(6) NOT NULL,"
                    + " PRIMARY KEY (sink_id, source_cluster, topic, `partition`))"
                    + " ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        }
    }

    @Override
    public Map<TopicPartition, Position> raise(Connection connection, Collection<TopicPartition> partitions)
            throws SQLException {
        Map<TopicPartition, Long> unknown = new HashMap<>();
        partitions.forEach(partition -> unknown.put(partition, Position.UNKNOWN));
        insert(connection, unknown, RAISE);
        return read(connection, partitions);
    }

    @Override
    public void set(Connection connection, Map<TopicPartition, Long> next) throws SQLException {
        insert(connection, next, RAISE + ", next_offset = VALUES(next_offset)");
    }

    private void insert(Connection connection, Map<TopicPartition, Long> next, String tail) throws SQLException {
        List<TopicPartition> sorted = next.keySet().stream().sorted(ORDER).toList();
        String row = "(?, ?, ?, ?, ?, 1, " + FORMAT + ", utc_timestamp(6))";
        String sql =
                "INSERT INTO " + table + " VALUES " + String.join(", ", Collections.nCopies(sorted.size(), row)) + tail;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameter = 1;
            for (TopicPartition partition : sorted) {
                statement.setString(parameter++, config.sinkId());
                statement.setString(parameter++, config.sourceCluster());
                statement.setString(parameter++, partition.topic());
                statement.setInt(parameter++, partition.partition());
                statement.setLong(parameter++, next.get(partition));
            }
            statement.executeUpdate();
        }
    }

    /** Locks what it reads, so that it sees what others have committed. */
    @Override
    public Map<TopicPartition, Position> read(Connection connection, Collection<TopicPartition> partitions)
            throws SQLException {
        return read(connection, partitions, " FOR UPDATE");
    }

    @Override
    public Map<TopicPartition, Position> glance(Connection connection, Collection<TopicPartition> partitions)
            throws SQLException {
        return read(connection, partitions, "");
    }

    private Map<TopicPartition, Position> read(
            Connection connection, Collection<TopicPartition> partitions, String locking) throws SQLException {
        String sql = "SELECT topic, `partition`, next_offset, epoch, format_version FROM " + table + MINE
                + " AND ("
                + String.join(" OR ", Collections.nCopies(partitions.size(), "(topic = ? AND `partition` = ?)"))
                + ")" + locking;
        Map<TopicPartition, Position> positions = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, config.sinkId());
            statement.setString(2, config.sourceCluster());
            int parameter = 3;
            for (TopicPartition partition : partitions) {
                statement.setString(parameter++, partition.topic());
                statement.setInt(parameter++, partition.partition());
            }
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                if (rows.getInt(5) > FORMAT) {
                    throw new ConnectException("table " + id + " was written by a newer version of this sink (format "
                            + rows.getInt(5) + ", this one knows " + FORMAT + "): use that version");
                }
                positions.put(
                        new TopicPartition(rows.getString(1), rows.getInt(2)),
                        new Position(rows.getLong(3), rows.getLong(4)));
            }
        }
        return positions;
    }

    @Override
    public int move(Connection connection, List<Move> moves) throws SQLException {
        String choice = " WHEN topic = ? AND `partition` = ? THEN ?";
        String match = "(topic = ? AND `partition` = ? AND epoch = ? AND next_offset = ?)";
        String sql = "UPDATE " + table + " SET updated_at = utc_timestamp(6), next_offset = CASE"
                + choice.repeat(moves.size()) + " END" + MINE + " AND ("
                + String.join(" OR ", Collections.nCopies(moves.size(), match)) + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameter = 1;
            for (Move move : moves) {
                statement.setString(parameter++, move.partition().topic());
                statement.setInt(parameter++, move.partition().partition());
                statement.setLong(parameter++, move.to());
            }
            statement.setString(parameter++, config.sinkId());
            statement.setString(parameter++, config.sourceCluster());
            for (Move move : moves) {
                statement.setString(parameter++, move.partition().topic());
                statement.setInt(parameter++, move.partition().partition());
                statement.setLong(parameter++, move.epoch());
                statement.setLong(parameter++, move.from());
            }
            return statement.executeUpdate();
        }
    }

    @Override
    public void forgetAll(Connection connection) throws SQLException {
        String sql = "UPDATE " + table + " SET next_offset = " + Position.UNKNOWN
                + ", epoch = epoch + 1, updated_at = utc_timestamp(6)" + MINE;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, config.sinkId());
            statement.setString(2, config.sourceCluster());
            statement.executeUpdate();
        }
    }
}
