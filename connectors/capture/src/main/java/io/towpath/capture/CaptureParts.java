package io.towpath.capture;

import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.config.Delivery;
import io.towpath.capture.config.FailurePolicy;
import io.towpath.capture.consent.ConsentStage;
import io.towpath.capture.consent.Consents;
import io.towpath.capture.database.Dialect;
import io.towpath.capture.delegate.DelegateLibrary;
import io.towpath.capture.reader.DatabaseReader;
import io.towpath.capture.reader.DatabaseSessions;
import io.towpath.capture.reader.Handoff;
import io.towpath.capture.unit.Position;
import io.towpath.capture.unit.Units;
import io.towpath.capture.watch.DatabaseGauges;
import io.towpath.capture.watch.LogWatch;
import io.towpath.capture.watch.RemovedDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;

/**
 * What a task is made of.
 *
 * @param gathering how long one poll gathers units
 */
record CaptureParts(
        Readers readers,
        Consents consents,
        Handoff handoff,
        CaptureConfig.Batch batch,
        Duration gathering,
        Transactions transactions,
        Release release) {

    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(5);

    /** Records that wait for the task: with more in one Kafka transaction nothing gets faster, and every collection slower. */
    private static final int WAITING = 4_096;

    /** Ends a Kafka transaction. */
    interface Transactions {
        void commitAfter(SourceRecord last);
    }

    /** Tells the databases what to let go of; called after Connect has stored offsets. */
    interface Release {
        void run() throws InterruptedException;
    }

    static CaptureParts of(CaptureConfig config, SourceTaskContext context) {
        boolean exactlyOnce = config.delivery() == Delivery.EXACTLY_ONCE;
        Handoff handoff = new Handoff(Math.min(WAITING, config.batch().maxRecords()));
        DelegateLibrary library = DelegateLibrary.packaged();
        Dialects reading = new Dialects(library, STATEMENT_LIMIT);
        Dialects watching = new Dialects(library, LOOK_LIMIT);
        Consents consents = Consents.load(config);
        List<DatabaseReader> all = new ArrayList<>();
        List<Runnable> watches = new ArrayList<>();
        for (DatabaseConfig database : config.databases()) {
            Optional<ConsentStage> consent = consents.of(database.name());
            DatabaseSessions sessions =
                    new DatabaseSessions(config, database, reading.of(database, config), library, context, consent);
            DatabaseReader reader = new DatabaseReader(
                    database.name(),
                    sessions,
                    stored(context, database.name()),
                    handoff,
                    config.onDatabaseFailure() == FailurePolicy.FAIL);
            all.add(reader);
            DatabaseGauges gauges = new DatabaseGauges(context, database.name());
            gauges.show(reader);
            gauges.show(sessions::skipped, sessions::lagSeconds);
            consent.ifPresent(gauges::show);
            Dialect watched = watching.of(database, config);
            watches.add(new LogWatch(
                    database.name(),
                    () -> {
                        if (consent.isPresent()) {
                            consent.get().ledger().floor(watched.oldestReadable(database));
                        }
                        return watched.health(database, reader.reachedByConnect());
                    },
                    gauges));
        }
        for (DatabaseConfig database : config.removed().databases()) {
            RemovedDatabase removed = new RemovedDatabase(
                    database, watching.of(database, config), config.removed().policy());
            DatabaseGauges gauges = new DatabaseGauges(context, database.name());
            gauges.show(removed);
            watches.add(removed);
            watches.add(gauges::retry);
        }
        Readers readers = new Readers(config.connector(), all, watches, library.loader());
        return new CaptureParts(
                readers,
                consents,
                handoff,
                config.batch(),
                exactlyOnce ? config.batch().maxWait() : Duration.ZERO,
                exactlyOnce ? transactions(context) : last -> {},
                exactlyOnce
                        ? () -> readers.release(DatabaseReader::confirmed)
                        : () -> readers.release(reader -> stored(context, reader.database())));
    }

    /** Connect commits a batch of its own accord even when a stop cuts it short; only a record's boundary is sure. */
    private static Transactions transactions(SourceTaskContext context) {
        TransactionContext transactions = context.transactionContext();
        if (transactions == null) {
            throw new ConfigException(
                    CaptureConfig.DELIVERY,
                    Delivery.EXACTLY_ONCE.word(),
                    "the worker gives this task no transactions; wanted: exactly.once.source.support=enabled in the"
                            + " worker's config and transaction.boundary=connector here, or delivery=at-least-once");
        }
        return transactions::commitTransaction;
    }

    private static Optional<Position> stored(SourceTaskContext context, String database) {
        Map<String, Object> offset = context.offsetStorageReader().offset(Units.partition(database));
        try {
            return Optional.ofNullable(offset).map(Position::fromOffset);
        } catch (ConnectException otherFormat) {
            throw new ConnectException("database " + database + ": " + otherFormat.getMessage(), otherFormat);
        }
    }
}
