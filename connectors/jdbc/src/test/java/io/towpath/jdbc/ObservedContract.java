package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static io.towpath.jdbc.Events.flat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.jdbc.config.SinkConfig;
import io.towpath.jdbc.sql.Dialects;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** What the worker's metrics and the database's sessions say of a task. Every dialect passes it. */
abstract class ObservedContract {

    /** An empty database. */
    abstract Database create(String name);

    /** Asks what a sink's own session is told by the database. */
    interface Question {
        String apply(String sql) throws SQLException;
    }

    static Question sessionOf(Database database) {
        SinkConfig config = SinkConfig.parse(database.config(
                "session.idle.timeout.ms", "8000",
                "session.lock.timeout.ms", "3000",
                "session.statement.timeout.ms", "4000"));
        return sql -> {
            try (Connection session = Dialects.of(config.connection().url()).connect(config.connection(), "test");
                    ResultSet answer = session.createStatement().executeQuery(sql)) {
                answer.next();
                return answer.getString(1);
            }
        };
    }

    private static SinkRecord row(long offset, long id, String name) {
        return Events.record(
                P0, offset, null, null, Events.FLAT, flat(P0, offset, id, name).value());
    }

    @Test
    void theMetricsCountWhatIsWrittenRefusedHeldBackAndTriedAgain() throws Exception {
        Database database = create("metrics");
        database.run("CREATE TABLE events (id bigint PRIMARY KEY, name varchar(5), towpath_version bigint,"
                + " towpath_incarnation varchar(50))");
        try (Metrics metrics = new Metrics();
                Owner owner = new Owner()) {
            owner.context.metrics = new PluginMetricsImpl(metrics, Map.of());
            owner.context.reporter = (record, reason) -> CompletableFuture.completedFuture(null);
            owner.starts(database.config(
                            "insert.mode", "upsert",
                            "primary.key.mode", "record_value",
                            "primary.key.fields", "id",
                            "version.from", "field",
                            "version.name", "id",
                            "refused.limit.percent", "100",
                            "session.lock.timeout.ms", "1000"))
                    .opens(P0);
            owner.puts(row(0, 1, "a"), row(1, 2, "b"), row(2, 3, "far too long"));
            database.run("UPDATE events SET towpath_version = 9 WHERE id = 2");
            owner.puts(row(3, 2, "old"), row(4, 4, "d"));
            try (var blocker = database.connect()) {
                blocker.setAutoCommit(false);
                blocker.createStatement().execute("UPDATE towpath_sink_offsets SET epoch = epoch");
                assertThatThrownBy(() -> owner.puts(row(5, 5, "e"))).isInstanceOf(RetriableException.class);
                blocker.rollback();
            }
            owner.puts(row(5, 5, "e"));
            Map<String, Long> values = values(metrics);
            assertThat(values)
                    .containsEntry("rows-total", 4L)
                    .containsEntry("batches-total", 3L)
                    .containsEntry("refused-total", 1L)
                    .containsEntry("older-total", 1L)
                    .containsEntry("retries-total", 1L)
                    .containsKeys("commit-lag-ms", "transaction-time-ms");
        }
    }

    private static Map<String, Long> values(Metrics metrics) {
        Map<String, Long> values = new HashMap<>();
        for (KafkaMetric metric : metrics.metrics().values()) {
            if (metric.metricValue() instanceof Long value) {
                values.put(metric.metricName().name(), value);
            }
        }
        return values;
    }
}
