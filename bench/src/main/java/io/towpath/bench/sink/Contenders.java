package io.towpath.bench.sink;

import io.towpath.local.KafkaCluster;
import io.towpath.local.Plugins;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The three sinks, each on a worker of its own that has no other plugin but those with the converters. */
final class Contenders {
    private static final int HEAP_MEGABYTES = 1_536;
    /** Runs on the small topic before anything is measured, the same for all. */
    static final int WARM_UPS = 2;

    /** Of ours: what is held is copied by the collector, and an event is ten times as large as JSON. */
    private static final Map<String, String> BATCHES =
            Map.of("json", "1000", "json_schema_once", "2500", "avro", "2500");

    private static final String BATCH = "batch.size";
    private static final String POLL = "consumer.override.max.poll.records";
    private static final Map<String, String> UPSERT =
            Map.of("insert.mode", "upsert", "primary.key.mode", "record_key", "delete.enabled", "true");

    /** Debezium's documented ways to write many rows at once; the fastest one on the small topic runs on the large. */
    private static final Map<String, Map<String, String>> DEBEZIUMS = Map.of(
            "rewrite_5000", Map.of(BATCH, "5000", POLL, "5000"),
            "rewrite_1000", Map.of(BATCH, "1000", POLL, "1000"),
            "unnest", Map.of(BATCH, "5000", POLL, "5000", "dialect.postgres.unnest.insert.enabled", "true"));

    private final Target target;
    private final Connector nothing;
    private final Connector ours;
    private final Connector debezium;

    /** Each with so many tasks. */
    Contenders(Stack stack, KafkaCluster cluster, Target target, int tasks) throws Exception {
        this.target = target;
        Path home = Path.of(System.getProperty("towpath.home"));
        this.nothing = new Connector(
                cluster,
                stack.connect("nothing", cluster, alone(Peers.nothing(home)).with("offset.flush.interval.ms", "250")),
                target,
                tasks);
        this.ours = new Connector(cluster, stack.connect("ours", cluster, alone(Plugins.jdbc())), target, tasks);
        this.debezium =
                new Connector(cluster, stack.connect("debezium", cluster, alone(Peers.debezium(home))), target, tasks);
    }

    private static WorkerSettings alone(Path plugins) {
        return WorkerSettings.of(plugins, Plugins.avro(), Plugins.jdbc())
                .withGroup(plugins.getParent().getParent().getFileName() + "-" + plugins.getFileName())
                .withHeap(HEAP_MEGABYTES)
                .with("offset.flush.interval.ms", "60000")
                // Apicurio's archive has no service files.
                .with("plugin.discovery", "hybrid_warn");
    }

    /** A worker that reads and converts, with a sink that does nothing: measured when it has warmed up. */
    Figure nothing(ItemEvents small, ItemEvents events) throws Exception {
        Map<String, String> config = Map.of("connector.class", NothingSink.class.getName());
        for (int run = 0; run < WARM_UPS; run++) {
            nothing.runWithoutTable("", small, config);
        }
        return nothing.runWithoutTable("worker without a sink", events, config);
    }

    void warmUp(ItemEvents small) throws Exception {
        for (int run = 0; run < WARM_UPS; run++) {
            ours("", small, true, "_warm" + run);
        }
        ours("", small, false, "_warm");
    }

    Figure ours(String name, ItemEvents events, boolean upsert) throws Exception {
        return ours(name, events, upsert, "");
    }

    private Figure ours(String name, ItemEvents events, boolean upsert, String suffix) throws Exception {
        String table = "ours_" + (upsert ? "upsert_" : "append_") + events.topic() + suffix;
        Map<String, String> config = new HashMap<>(upsert ? UPSERT : Map.of("insert.mode", "append"));
        config.put("connector.class", "io.towpath.jdbc.ExactlyOnceJdbcSinkConnector");
        config.put(BATCH, BATCHES.get(events.format().name()));
        config.put(POLL, "500"); // Connect's default: batches are gathered over several polls
        config.putAll(Connector.jdbc(target, table, ""));
        return ours.run(name, events, table, upsert, config);
    }

    /**
     * The fastest of Debezium's settings, by one run each after those that warm up; one that cannot write this table is
     * told and left out (3.5.0 with unnest: "date/time field value out of range" for io.debezium.time.MicroTimestamp).
     */
    String bestOfDebezium(ItemEvents events, PrintStream out) throws Exception {
        for (int run = 0; run < WARM_UPS; run++) {
            debezium("", events, "rewrite_5000", "_warm" + run);
        }
        Figure best = null;
        for (String setting : DEBEZIUMS.keySet()) {
            try {
                Figure figure = debezium(setting, events, setting, "");
                best = best == null || figure.rate() > best.rate() ? figure : best;
            } catch (IllegalStateException refused) {
                out.println("Debezium, " + setting + ": cannot write this table, " + refused.getMessage());
            }
        }
        return Objects.requireNonNull(best).name();
    }

    Figure debezium(ItemEvents events, String setting) throws Exception {
        return debezium("Debezium upsert, " + setting, events, setting, "");
    }

    private Figure debezium(String name, ItemEvents events, String setting, String suffix) throws Exception {
        String table = "debezium_" + setting + "_" + events.topic() + suffix;
        Map<String, String> config = new HashMap<>(UPSERT);
        config.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
        config.put("use.reduction.buffer", "true");
        config.put("schema.evolution", "none");
        config.putAll(DEBEZIUMS.get(setting));
        config.putAll(Connector.jdbc(target, table, "?reWriteBatchedInserts=true"));
        return debezium.run(name, events, table, true, config);
    }
}
