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
import io.towpath.capture.unit.Position;
import io.towpath.capture.unit.UnitAssembler;
import io.towpath.capture.unit.Units;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.source.SourceTaskContext;

/** Opens one database by its dialect: first the log is made readable, then the delegate is started on it. */
public final class DatabaseSessions implements Sessions {

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
        Set<String> tables = config.tables(database.name());
        Dialect.Prepared prepared = dialect.prepare(database, tables, resume);
        Units units = new Units(database.name(), config.delivery() == Delivery.EXACTLY_ONCE, prepared.start());
        UnitAssembler assembler = new UnitAssembler(
                dialect,
                DelegateConfig.transactionTopic(database),
                new ActivityStages(prepared.system(), database, config, bad, consent),
                units,
                config.batch().maxRecords());
        CaptureConfig.Progress progress = config.progress();
        ProgressBeat beat =
                new ProgressBeat(units, progress.topic(), database.name(), progress.interval(), Clock.systemUTC());
        Map<String, ?> boundary = prepared.start().boundary();
        Map<String, String> delegateConfig = DelegateConfig.of(config, database, dialect, tables);
        delegateConfig.putAll(dialect.startConfig(boundary));
        if (!prepared.held()) {
            beat.now();
        }
        Delegate delegate = Delegate.start(
                library, dialect.connectorClass(), delegateConfig, context, dialect.delegateOffset(boundary));
        return new Session(delegate, assembler, beat, lag, dialect::delegateOffset);
    }
}
