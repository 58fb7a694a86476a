package io.towpath.jdbc.postgres;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;

/** The offsets table in PostgreSQL. */
final class PostgresFence implements FenceTable {
    private static final String COLUMNS =
            "sink_id, source_cluster, topic, partition, next_offset, epoch, format_version";
    private static final String MINE = " WHERE o.sink_id = ? AND o.source_cluster = ?";
    private static final String SAME = " AND o.topic = m.topic AND o.partition = m.partition";
    private static final String PARTITIONS = "unnest(?::text[], ?::int[]) AS m(topic, partition)";

    private final FenceConfig config;
    private final TableId id;
    private final String table;

    PostgresFence(FenceConfig config) {
        this.config = config;
        this.id = TableId.parse(config.offsetsTable());
        this.table = PostgresSql.quoted(id);
    }

    @Override
    public void create(Connection connection) throws SQLException {
        if (PostgresCatalog.describe(connection, id).isPresent()) {
            return;
        }
        PostgresCatalog.lock(connection, id.toString());
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table
                    + " (sink_id text NOT NULL, source_cluster text NOT NULL, topic text NOT NULL,"
                    + " partition integer NOT NULL, next_offset bigint NOT NULL, epoch bigint NOT NULL,"
                    + " format_version integer NOT NULL, updated_at timestamptz NOT NULL DEFAULT now(),"
                    + " PRIMARY KEY (sink_id, source_cluster, topic, partition)) WITH (fillfactor = 50)");
        }
    }

    @Override
    public Map<TopicPartition, Position> raise(Connection connection, Collection<TopicPartition> partitions)
            throws SQLException {
        String sql = "INSERT INTO " + table + " AS o (" + COLUMNS + ") SELECT ?, ?, m.topic, m.partition, "
                + Position.UNKNOWN + ", 1, " + FORMAT + " FROM " + PARTITIONS + " ORDER BY m.topic, m.partition"
                + " ON CONFLICT (sink_id, source_cluster, topic, partition)"
                + " DO UPDATE SET epoch = o.epoch + 1, updated_at = now()"
                + " RETURNING topic, partition, next_offset, epoch, format_version";
        return positions(connection, sql, partitions);
    }

    @Override
    public Map<TopicPartition, Position> read(Connection connection, Collection<TopicPartition> partitions)
            throws SQLException {
        String sql = "SELECT o.topic, o.partition, o.next_offset, o.epoch, o.format_version FROM " + table + " AS o, "
                + "(SELECT ?::text AS sink_id, ?::text AS source_cluster) AS s, " + PARTITIONS
                + " WHERE o.sink_id = s.sink_id AND o.source_cluster = s.source_cluster" + SAME;
        return positions(connection, sql, partitions);
    }

    private Map<TopicPartition, Position> positions(
            Connection connection, String sql, Collection<TopicPartition> partitions) throws SQLException {
        List<TopicPartition> list = List.copyOf(partitions);
        Map<TopicPartition, Position> positions = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, config.sinkId());
            statement.setString(2, config.sourceCluster());
            array(statement, 3, "text", list, TopicPartition::topic);
            array(statement, 4, "int4", list, TopicPartition::partition);
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
    public Map<TopicPartition, Position> glance(Connection connection, Collection<TopicPartition> partitions)
            throws SQLException {
        return read(connection, partitions);
    }

    @Override
    public int move(Connection connection, List<Move> moves) throws SQLException {
        String sql = "UPDATE " + table + " AS o SET next_offset = m.next, updated_at = now()"
                + " FROM unnest(?::text[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[])"
                + " AS m(topic, partition, epoch, start, next)" + MINE + SAME
                + " AND o.epoch = m.epoch AND o.next_offset = m.start";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            array(statement, 1, "text", moves, move -> move.partition().topic());
            array(statement, 2, "int4", moves, move -> move.partition().partition());
            array(statement, 3, "int8", moves, Move::epoch);
            array(statement, 4, "int8", moves, Move::from);
            array(statement, 5, "int8", moves, Move::to);
            statement.setString(6, config.sinkId());
            statement.setString(7, config.sourceCluster());
            return statement.executeUpdate();
        }
    }

    @Override
    public void set(Connection connection, Map<TopicPartition, Long> next) throws SQLException {
        List<Map.Entry<TopicPartition, Long>> list = List.copyOf(next.entrySet());
        String sql = "INSERT INTO " + table + " AS o (" + COLUMNS + ") SELECT ?, ?, m.topic, m.partition, m.next, 1, "
                + FORMAT + " FROM unnest(?::text[], ?::int[], ?::bigint[]) AS m(topic, partition, next)"
                + " ON CONFLICT (sink_id, source_cluster, topic, partition)"
                + " DO UPDATE SET next_offset = excluded.next_offset, epoch = o.epoch + 1, updated_at = now()";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, config.sinkId());
            statement.setString(2, config.sourceCluster());
            array(statement, 3, "text", list, entry -> entry.getKey().topic());
            array(statement, 4, "int4", list, entry -> entry.getKey().partition());
            array(statement, 5, "int8", list, Map.Entry::getValue);
            statement.executeUpdate();
        }
    }

    @Override
    public void forgetAll(Connection connection) throws SQLException {
        String sql = "UPDATE " + table + " AS o SET next_offset = " + Position.UNKNOWN
                + ", epoch = o.epoch + 1, updated_at = now()" + MINE;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, config.sinkId());
            statement.setString(2, config.sourceCluster());
            statement.executeUpdate();
        }
    }

    private static <T> void array(
            PreparedStatement statement, int index, String type, List<T> list, Function<T, Object> element)
            throws SQLException {
        statement.setArray(
                index,
                statement
                        .getConnection()
                        .createArrayOf(type, list.stream().map(element).toArray()));
    }
}
