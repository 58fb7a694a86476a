package io.towpath.capture.reader;

import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.config.Delivery;
import io.towpath.capture.consent.ConsentStage;
import io.towpath.capture.database.Dialect;
import io.towpath.capture.delegate.Delegate;
import io.towpath.capture.delegate.DelegateLibrary;
import io.towpath.capture.stage.ActivityStages;
import io.towpath.capture.stage.BadChanges;
import io.towpath.capture.unit.Outgoing;
import io.towpath.capture.unit.Position;
import io.towpath.capture.unit.UnitAssembler;
import io.towpath.capture.unit.Units;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens one database by its dialect: first the log is made readable, then the delegate is started on it. */
public final class DatabaseSessions implements Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseSessions.class);

    /** Of a boundary: the rows that were there when reading began are still to be read. */
    private static final String PENDING = "snapshot";

    private static final String NEVER = Integer.toString(Integer.MAX_VALUE);

    private final CaptureConfig config;
    private final DatabaseConfig database;
    private final Dialect dialect;
    private final DelegateLibrary library;
    private final SourceTaskContext context;
    private final BadChanges bad;
    private final ReadLag lag = new ReadLag(Clock.systemUTC());
    private final Optional<ConsentStage> consent;

    public DatabaseSessions(
            CaptureConfig config,
            DatabaseConfig database,
            Dialect dialect,
            DelegateLibrary library,
            SourceTaskContext context,
            Optional<ConsentStage> consent) {
        this.config = config;
        this.database = database;
        this.dialect = dialect;
        this.library = library;
        this.context = context;
        this.consent = consent;
        this.bad = new BadChanges(database.name(), config.onBadChange());
    }

    /** How far reading is behind the database, in seconds. */
    public long lagSeconds() {
        return lag.seconds();
    }

    /** How many changes were left out because a rule could not read them. */
    public long skipped() {
        return bad.skipped();
    }

    @Override
    public Session open(Optional<Position> resume) throws SQLException {
        Set<String> rows = config.snapshotTables(database.name());
        Dialect.Prepared prepared = dialect.prepare(database, config.tables(database.name()), resume);
        consent.ifPresent(
                stage -> stage.opened(prepared.log().id(), prepared.log().end()));
        Map<String, Object> boundary = new LinkedHashMap<>(prepared.start().boundary());
        boolean pending = boundary.remove(PENDING) != null || resume.isEmpty();
        Position begin = new Position(boundary, prepared.start().part());
        ActivityStages stages = new ActivityStages(prepared.system(), database, config, bad, consent);
        Units units = new Units(database.name(), config.delivery() == Delivery.EXACTLY_ONCE, begin);
        return pending && !rows.isEmpty()
                ? snapshot(rows, begin, stages, units)
                : log(begin, prepared.held(), stages, units);
    }

    private Session snapshot(Set<String> rows, Position begin, ActivityStages stages, Units units) {
        Map<String, Object> pending = new LinkedHashMap<>(begin.boundary());
        pending.put(PENDING, 1L);
        Map<String, String> delegateConfig = DelegateConfig.of(config, database, dialect, rows);
        delegateConfig.putAll(dialect.leanConfig());
        delegateConfig.putAll(dialect.snapshotConfig());
        delegateConfig.remove("heartbeat.action.query");
        delegateConfig.put("heartbeat.interval.ms", NEVER); // but for the one at the snapshot's end
        Outgoing marker = new Outgoing(
                config.progress().topic(),
                database.name(),
                Schema.STRING_SCHEMA,
                pending.toString(),
                Clock.systemUTC().millis(),
                null);
        SnapshotSession.Plan plan = new SnapshotSession.Plan(
                Position.at(pending),
                begin,
                dialect.order(begin.boundary()),
                marker,
                config.batch().maxRecords());
        LOG.info("database {}: the rows of {} are read, then its log from {} on", database.name(), rows, begin);
        Delegate delegate = Delegate.start(library, dialect.connectorClass(), delegateConfig, context, Map.of());
        return new SnapshotSession(delegate, stages, units, plan);
    }

    private Session log(Position begin, boolean held, ActivityStages stages, Units units) {
        UnitAssembler assembler = new UnitAssembler(
                dialect,
                DelegateConfig.transactionTopic(database),
                stages,
                units,
                config.batch().maxRecords());
        CaptureConfig.Progress progress = config.progress();
        ProgressBeat beat =
                new ProgressBeat(units, progress.topic(), database.name(), progress.interval(), Clock.systemUTC());
        if (!held) {
            beat.now();
        }
        Map<String, String> delegateConfig =
                DelegateConfig.of(config, database, dialect, config.tables(database.name()));
        delegateConfig.putAll(dialect.leanConfig());
        delegateConfig.putAll(dialect.startConfig(begin.boundary()));
        Delegate delegate = Delegate.start(
                library, dialect.connectorClass(), delegateConfig, context, dialect.delegateOffset(begin.boundary()));
        return new LogSession(delegate, assembler, beat, lag, dialect::delegateOffset);
    }
}
