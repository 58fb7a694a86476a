package io.towpath.jdbc;

import io.towpath.jdbc.config.PoisonKey;
import io.towpath.jdbc.config.SinkConfig;
import io.towpath.jdbc.fence.Fence;
import io.towpath.jdbc.fence.FenceTable;
import io.towpath.jdbc.fence.Overtaken;
import io.towpath.jdbc.refuse.DeadLetters;
import io.towpath.jdbc.sql.Dialect;
import io.towpath.jdbc.sql.Dialects;
import io.towpath.jdbc.sql.Failures;
import io.towpath.jdbc.sql.Session;
import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.write.Pipeline;
import io.towpath.jdbc.write.SinkWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes partitions over in the database, has their records written behind the fence by a thread of its own, and reports
 * what the table holds. The database is used by one of the two threads at a time: by this one only after the pipeline
 * has settled.
 */
public final class ExactlyOnceJdbcSinkTask extends SinkTask {
    private static final Logger LOGGER = LoggerFactory.getLogger(ExactlyOnceJdbcSinkTask.class);

    private static final long SOONEST_MILLIS = 10;
    private static final long LATEST_MILLIS = 100;

    private static final Duration LONGEST_REPORT = Duration.ofSeconds(60);

    private SinkConfig config;
    private Dialect dialect;
    private Session session;
    private Ownership ownership;
    private Pipeline pipeline;
    private Failures failures;
    private Backoff backoff;
    private SinkMetrics metrics;
    private Patience overtaken;

    @Override
    public String version() {
        return Version.get();
    }

    @Override
    public void start(Map<String, String> properties) {
        config = SinkConfig.parse(properties);
        dialect = Dialects.of(config.connection().url());
        FenceTable table = dialect.fence(config.fence());
        Fence fence = new Fence(table);
        session = new Session(
                dialect, config.connection(), "towpath " + config.fence().sinkId());
        ownership = new Ownership(context, session, fence, this::makeTables);
        DeadLetters deadLetters = new DeadLetters(config.errors(), reporter(properties), LONGEST_REPORT);
        metrics = new SinkMetrics(context, Clock.systemUTC());
        SinkWriter writer = new SinkWriter(config, dialect, session, fence, deadLetters);
        pipeline = new Pipeline(
                new Writing(writer, session, metrics),
                config.batch(),
                "sink-" + config.fence().sinkId());
        failures = new Failures(dialect);
        backoff = new Backoff();
    }

    /** With an error log and no queue the framework has a reporter too, which keeps no record. */
    private ErrantRecordReporter reporter(Map<String, String> properties) {
        boolean queue = !properties
                .getOrDefault("errors.deadletterqueue.topic.name", "")
                .isBlank();
        return queue ? context.errantRecordReporter() : null;
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        pipeline.settle();
        ownership.assigned(partitions);
        Duration longest =
                config.connection().idleTimeout().plus(config.connection().lockTimeout());
        Patience patience = new Patience(longest);
        while (!ownership.waiting().isEmpty()) {
            try {
                ownership.takeOver(!backoff.calm());
            } catch (SQLException failure) {
                RuntimeException translated = failures.translate(failure, "taking over " + partitions);
                if (!(translated instanceof RetriableException)) {
                    throw translated;
                }
                if (!patience.holdsFor(dialect.state(failure))) {
                    LOGGER.warn("Not taken over yet, tried again with the next batch: {}", translated.getMessage());
                    return;
                }
                LOGGER.warn(
                        "Waiting for partitions {}: another session still holds their rows of table {}; the database"
                                + " ends it after {} ms of standing still. Asked again for at most {} ms, then with"
                                + " each batch",
                        partitions,
                        config.fence().offsetsTable(),
                        config.connection().idleTimeout().toMillis(),
                        longest.toMillis());
            }
        }
    }

    /** The tables that the sink keeps for itself; they are made when the first partition is taken over. */
    private void makeTables(Connection connection) throws SQLException {
        dialect.fence(config.fence()).create(connection);
        if (config.version().guards()) {
            dialect.createTombstones(connection, TableId.parse(config.version().tombstones()));
        }
        if (config.errors().poisonKey() == PoisonKey.PARK) {
            dialect.createParked(connection, TableId.parse(config.park().table()));
        }
    }

    /** Takes all records or, when it throws, none: the framework then brings the same again. */
    @Override
    public void put(Collection<SinkRecord> records) {
        boolean again = !backoff.calm();
        try {
            if (again || !ownership.waiting().isEmpty()) {
                pipeline.makeRoomAndSettle();
            } else {
                pipeline.makeRoom();
            }
            pipeline.add(ownership.toWrite(records, again));
            backoff.reset();
            overtaken = null;
        } catch (SQLException failure) {
            throw refused(failure);
        } catch (Overtaken told) {
            throw stillTold(told);
        }
        if (!pipeline.isEmpty()) {
            // So that the framework comes back soon also when the topics have no more.
            context.timeout(Math.min(
                    LATEST_MILLIS,
                    Math.max(SOONEST_MILLIS, config.batch().linger().toMillis())));
        }
    }

    /**
     * Another task has the partition, and the worker has not heard of the rebalance yet, as one that stood still: it is
     * asked to bring the batch again until it has taken the partition away. One that never does has a rival of the same
     * sink.id.
     */
    private RuntimeException stillTold(Overtaken told) {
        if (overtaken == null) {
            overtaken = new Patience(config.connection().lockTimeout());
        }
        if (!overtaken.lasts()) {
            return told;
        }
        LOGGER.warn("Waiting for the worker to take them away: {}", told.getMessage());
        context.timeout(backoff.next());
        return new RetriableException(told.getMessage(), told);
    }

    private RuntimeException refused(SQLException failure) {
        RuntimeException translated = failures.translate(failure, pipeline.doing());
        if (translated instanceof RetriableException) {
            metrics.retried();
            context.timeout(backoff.next());
        }
        return translated;
    }

    /** Everything that was taken is written first, so that an orderly end leaves nothing to be read again. */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> read) {
        try {
            pipeline.flush();
            if (backoff.calm()) {
                ownership.passOver(read);
            }
        } catch (ConnectException refused) {
            // Thrown from here, it would make the framework rewind every partition and go on.
            LOGGER.warn("No offset is committed: {}", refused.getMessage());
            return Map.of();
        } catch (SQLException failure) {
            LOGGER.warn("Offsets are committed as they are (SQLSTATE {}); tried again later", dialect.state(failure));
        }
        return ownership.held(read.keySet());
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        pipeline.forget(partitions);
        ownership.revoked(partitions);
    }

    @Override
    public void stop() {
        if (pipeline != null) {
            pipeline.close();
        }
    }
}
