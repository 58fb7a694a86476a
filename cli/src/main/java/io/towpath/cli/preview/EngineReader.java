package io.towpath.cli.preview;

import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.towpath.capture.Dialects;
import io.towpath.capture.config.BadChangePolicy;
import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.database.Dialect;
import io.towpath.capture.delegate.DelegateLibrary;
import io.towpath.capture.reader.DelegateConfig;
import io.towpath.capture.stage.ActivityStages;
import io.towpath.capture.stage.BadChanges;
import io.towpath.capture.unit.UnitAssembler;
import io.towpath.capture.unit.Units;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Reads one database by Debezium's engine and hands each change through the connector's own stages. Independent of Kafka,
 * of Connect's worker and of the connector: it has a slot (MariaDB: a server id) of its own, which ends with it.
 *
 * <p>Consent is not asked: what actors have said is known to the connector's topic alone.
 */
public final class EngineReader implements AutoCloseable {

    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(30);
    private static final long SECONDS_TO_END = 60;
    private static final Logger BINLOG_CLIENT = Logger.getLogger("com.github.shyiko");

    private final Dialect dialect;
    private final DatabaseConfig aside;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;

    /**
     * Begins to read.
     *
     * @param name of what the server keeps meanwhile: lower-case letters, digits, underscores
     * @param watcher told of each change, in the order of the log, on one thread
     * @throws SQLException the database cannot be reached or refuses
     */
    public EngineReader(CaptureConfig config, DatabaseConfig database, String name, Consumer<Change> watcher)
            throws SQLException {
        BINLOG_CLIENT.setLevel(Level.WARNING);
        dialect = new Dialects(DelegateLibrary.packaged(), STATEMENT_LIMIT).of(database, config);
        Set<String> tables = config.tables(database.name());
        aside = dialect.aside(database, tables, name);
        try {
            Dialect.Prepared prepared = dialect.prepare(aside, tables, Optional.empty());
            BadChanges bad = new BadChanges(database.name(), BadChangePolicy.FAIL);
            ActivityStages stages = new ActivityStages(prepared.system(), aside, config, bad, Optional.empty());
            UnitAssembler assembler = new UnitAssembler(
                    dialect,
                    DelegateConfig.transactionTopic(aside),
                    new WatchedStages(database.name(), stages, watcher),
                    new Units(database.name(), true, prepared.start()),
                    config.batch().maxRecords());
            Map<String, ?> start = prepared.start().boundary();
            engine = engine(config(config, tables, start), assembler);
        } catch (SQLException | RuntimeException problem) {
            thread.shutdown();
            dialect.leaveAside(aside);
            throw problem;
        }
        thread.execute(engine);
    }

    private Properties config(CaptureConfig config, Set<String> tables, Map<String, ?> start) {
        Map<String, String> all = DelegateConfig.of(config, aside, dialect, tables);
        all.putAll(dialect.startConfig(start));
        all.put("heartbeat.interval.ms", "0"); // leave no trace
        all.remove("heartbeat.action.query");
        if (all.keySet().removeIf(key -> key.startsWith("schema.history.internal."))) {
            all.put("schema.history.internal", "io.debezium.relational.history.MemorySchemaHistory");
        }
        all.put("bootstrap.servers", "none.invalid:9092"); // Connect's classes want one; the engine asks nobody
        StartOffset.set(all, dialect.delegateOffset(start));
        Properties properties = new Properties();
        properties.putAll(all);
        return properties;
    }

    private DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine(
            Properties properties, UnitAssembler assembler) {
        return DebeziumEngine.create(Connect.class)
                .using(properties)
                .using((DebeziumEngine.CompletionCallback) (success, message, error) -> {
                    failure.compareAndSet(null, error);
                    reading.countDown();
                    ended.countDown();
                })
                .using(new DebeziumEngine.ConnectorCallback() {
                    @Override
                    public void pollingStarted() {
                        reading.countDown();
                    }
                })
                .notifying((records, committer) -> take(records, assembler))
                .build();
    }

    /** Nothing is marked as processed: the engine has no one to tell. */
    private static void take(List<ChangeEvent<SourceRecord, SourceRecord>> records, UnitAssembler assembler) {
        records.forEach(record -> assembler.accept(record.value()));
    }

    /** What the server keeps meanwhile; where this program is killed, it goes on keeping it. */
    public Optional<String> keptMeanwhile() throws SQLException {
        return dialect.letGoStatement(aside);
    }

    /** Waits until the log is read, or reading has failed. */
    public boolean awaitReading(Duration limit) throws InterruptedException {
        return reading.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why reading ended by itself; empty while it goes on. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    @Override
    public void close() throws IOException, SQLException {
        try {
            if (reading.await(SECONDS_TO_END, TimeUnit.SECONDS) && ended.getCount() > 0) {
                engine.close();
            }
            thread.shutdown();
            thread.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            dialect.leaveAside(aside);
        }
    }
}
