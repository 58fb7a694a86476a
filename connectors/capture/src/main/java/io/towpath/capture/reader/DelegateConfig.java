package io.towpath.capture.reader;

import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.database.Dialect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The delegate's config: our defaults, then what the operator passes through, then what capture relies on. */
public final class DelegateConfig {

    /** What capture relies on being as it is unless set: operations, topics and records that it would no longer see. */
    private static final Set<String> LEFT_ALONE = Set.of(
            "skipped.operations",
            "skip.messages.without.change",
            "topic.naming.strategy",
            "topic.delimiter",
            "transaction.metadata.factory",
            "sourceinfo.struct.maker",
            "event.processing.failure.handling.mode",
            "event.converting.failure.handling.mode",
            "inconsistent.schema.handling.mode",
            "include.query",
            "custom.metric.tags",
            "schema.history.internal.store.only.captured.tables.ddl",
            "schema.history.internal.skip.unparseable.ddl",
            "schema.history.internal.producer.ssl.keystore.key", // the delegate logs it as it is
            "schema.history.internal.consumer.ssl.keystore.key",
            "unavailable.value.placeholder");

    /** The same, of whole families: what leaves out columns, messages, tables or the transactions of a server. */
    private static final List<String> FAMILIES_LEFT_ALONE = List.of(
            "column.",
            "gtid.source.",
            "message.prefix.",
            "table.exclude.",
            "schema.include.",
            "schema.exclude.",
            "database.exclude.");

    private DelegateConfig() {}

    /** The delegate's config for {@code tables} of {@code database}. */
    public static Map<String, String> of(
            CaptureConfig config, DatabaseConfig database, Dialect dialect, Set<String> tables) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("poll.interval.ms", "50");
        all.put("max.batch.size", "2048");
        all.put("max.queue.size", "4096"); // a longer one is no faster, and each collection copies it
        all.put("errors.max.retries", "0");
        // a binlog client takes a closed connection for quiet, and looks again only so often
        all.put("connect.keep.alive.interval.ms", "5000");
        all.putAll(database.debezium());
        all.putAll(fixed(config, database, dialect, tables));
        return all;
    }

    /** What may not be passed through, because capture sets it. */
    private static Map<String, String> fixed(
            CaptureConfig config, DatabaseConfig database, Dialect dialect, Set<String> tables) {
        Map<String, String> fixed = new LinkedHashMap<>(dialect.delegateConfig(database, tables));
        fixed.put("name", config.connector() + "-" + database.name());
        fixed.put("connector.class", dialect.connectorClass());
        fixed.put("tasks.max", "1");
        fixed.put("topic.prefix", database.name());
        // a name of its own in JMX: the second of two delegates would wait a minute for the first one's to go
        fixed.put(
                "custom.metric.tags",
                "connector=" + String.valueOf(config.connector()).replaceAll("[^A-Za-z0-9_.-]", "_"));
        fixed.put("topic.transaction", "transaction");
        fixed.put("provide.transaction.metadata", "true");
        fixed.put("tombstones.on.delete", "false");
        long heartbeat = config.progress().heartbeat().toMillis();
        fixed.put("heartbeat.interval.ms", Long.toString(heartbeat));
        if (heartbeat > 0) {
            dialect.heartbeat(database).ifPresent(statement -> fixed.put("heartbeat.action.query", statement));
        }
        return fixed;
    }

    /** Where {@code database} passes through what capture sets itself or relies on, by full config key. */
    public static Map<String, String> mistakes(
            CaptureConfig config, DatabaseConfig database, Dialect dialect, Set<String> tables) {
        Map<String, String> mistakes = new TreeMap<>();
        Set<String> ours = fixed(config, database, dialect, tables).keySet();
        database.debezium().keySet().stream()
                .filter(key -> ours.contains(key)
                        || LEFT_ALONE.contains(key)
                        || FAMILIES_LEFT_ALONE.stream().anyMatch(key::startsWith))
                .forEach(key -> mistakes.put(
                        database.key(DatabaseConfig.DEBEZIUM + key),
                        "capture sets " + key + " itself, or relies on its default, wanted: no such key"));
        dialect.mistakes(database.debezium())
                .forEach((key, message) -> mistakes.put(database.key(DatabaseConfig.DEBEZIUM + key), message));
        return mistakes;
    }

    /** The topic of the delegate's BEGIN and END records. */
    public static String transactionTopic(DatabaseConfig database) {
        return database.name() + ".transaction";
    }
}
