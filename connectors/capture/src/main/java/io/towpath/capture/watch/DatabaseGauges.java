package io.towpath.capture.watch;

import io.towpath.activity.metric.PluginGauges;
import io.towpath.capture.consent.ConsentStage;
import io.towpath.capture.consent.Reason;
import io.towpath.capture.database.LogHealth;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One database in the worker's metrics (KIP-877), tagged {@code database}: {@code reading} (1, or 0 while it backs off),
 * {@code slot-retained-bytes}, {@code lag-bytes}, {@code lag-seconds}, {@code units-in-flight},
 * {@code units-cut}, {@code changes-skipped}, and {@code consent-…}; of a database no longer captured {@code removed-slot-kept}. The worker removes them with the task.
 */
public final class DatabaseGauges {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseGauges.class);

    private final PluginGauges metrics;
    private final Map<String, String> tags;
    private volatile LogHealth last;

    /** What a reader says of itself. */
    public interface Reading {
        boolean isReading();

        int inFlight();

        long cut();
    }

    /** Registers the gauges; on workers before Kafka 4.1, which have no such metrics, does nothing. */
    public DatabaseGauges(SourceTaskContext context, String database) {
        tags = Map.of("database", database);
        metrics = metrics(context, database);
    }

    /** Adds what its reader and its log say. */
    public void show(Reading reader) {
        gauge("reading", "1 while the database is read, 0 while capture backs off", () -> reader.isReading() ? 1 : 0);
        gauge("units-in-flight", "units that Kafka has not acknowledged", reader::inFlight);
        gauge("units-cut", "parts of transactions that were too large for one Kafka transaction", reader::cut);
        gauge("slot-retained-bytes", "log that the slot holds", () -> of(LogHealth::retained));
        gauge("lag-bytes", "log written and not yet released", () -> of(LogHealth::lag));
    }

    /** What there is to say of a database that is no longer captured. */
    public void show(RemovedDatabase removed) {
        gauge(
                "removed-slot-kept",
                "1 while the server keeps its log for a database that is no longer captured",
                () -> removed.held() ? 1 : 0);
    }

    /** Adds what a database's sessions say of themselves. */
    public void show(LongSupplier skipped, LongSupplier lagSeconds) {
        gauge("changes-skipped", "changes that no rule could read", skipped);
        gauge("lag-seconds", "time from a commit to its being read; grows while the database is not read", lagSeconds);
    }

    /** Adds what was decided by consent, one counter for each {@link Reason}. */
    public void show(ConsentStage consent) {
        for (Reason reason : Reason.values()) {
            gauge(reason.metric(), reason.description(), () -> consent.counts().of(reason));
        }
        gauge("consent-erasures", "events actor.erased", () -> consent.counts().erasures());
        gauge(
                "consent-actors",
                "actors whose statements are kept",
                () -> consent.ledger().size());
    }

    private static PluginGauges metrics(SourceTaskContext context, String database) {
        try {
            return new PluginGauges(context.pluginMetrics());
        } catch (NoSuchMethodError | NoClassDefFoundError olderWorker) {
            LOG.info(
                    "this worker has no plugin metrics (Kafka 4.1 or newer has): database {} is not in them", database);
            return null;
        }
    }

    void seen(LogHealth health) {
        last = health;
    }

    private long of(ToLongFunction<LogHealth> value) {
        LogHealth health = last;
        return health == null ? 0 : value.applyAsLong(health);
    }

    /** Shows what an earlier task of this name did not give free before. */
    public void retry() {
        if (metrics != null) {
            metrics.retry();
        }
    }

    private void gauge(String name, String description, LongSupplier value) {
        if (metrics != null) {
            metrics.show(name, description, tags, value);
        }
    }
}
