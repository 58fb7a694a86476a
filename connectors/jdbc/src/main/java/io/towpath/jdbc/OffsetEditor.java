package io.towpath.jdbc;

import io.towpath.jdbc.config.PoisonKey;
import io.towpath.jdbc.config.SinkConfig;
import io.towpath.jdbc.fence.FenceTable;
import io.towpath.jdbc.fence.Position;
import io.towpath.jdbc.park.Parking;
import io.towpath.jdbc.sql.Dialect;
import io.towpath.jdbc.sql.Dialects;
import io.towpath.jdbc.sql.Failures;
import io.towpath.jdbc.sql.Session;
import io.towpath.jdbc.sql.TableId;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Makes the offsets table, and the table of waiting records, follow Connect's offsets REST API. */
final class OffsetEditor {
    private OffsetEditor() {}

    /**
     * @param offsets next offset for each partition, null to forget it; empty when the group knows no partition and all
     *     is to be forgotten
     */
    static void edit(SinkConfig config, Map<TopicPartition, Long> offsets) {
        Dialect dialect = Dialects.of(config.connection().url());
        FenceTable table = dialect.fence(config.fence());
        Parking parking = new Parking(config, dialect);
        Map<TopicPartition, Long> next = new HashMap<>();
        offsets.forEach((partition, offset) -> next.put(partition, offset == null ? Position.UNKNOWN : offset));
        try (Session session = new Session(dialect, config.connection(), "towpath offsets")) {
            session.transaction(connection -> {
                table.create(connection);
                if (config.errors().poisonKey() == PoisonKey.PARK) {
                    dialect.createParked(connection, TableId.parse(config.park().table()));
                }
                return null;
            });
            session.transaction(connection -> {
                if (next.isEmpty()) {
                    table.forgetAll(connection);
                } else {
                    table.set(connection, next);
                }
                parking.reset(connection, offsets);
                return null;
            });
        } catch (SQLException failure) {
            throw new Failures(dialect)
                    .translate(failure, "editing table " + config.fence().offsetsTable());
        }
    }
}
