package io.towpath.bench.capture;

import io.towpath.local.PostgresServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Who captures: as a set of connectors for given databases, all on one worker of its own. */
enum Contender {
    /** One connector for all databases. */
    TOWPATH("Towpath") {
        @Override
        List<Map<String, String>> connectors(PostgresServer server, List<String> databases) {
            Map<String, String> config = shared("towpath-" + databases.size());
            config.put("connector.class", "io.towpath.capture.ActivityCaptureConnector");
            config.put("tasks.max", Integer.toString(databases.size()));
            config.put("transaction.boundary", "connector");
            config.put("topic.creation.default.partitions", Integer.toString(TABLES * databases.size()));
            config.put("topic", topics(databases.size()) + "activity");
            config.put("progress.topic", "progress-" + databases.size());
            config.put("databases", String.join(",", databases));
            for (String database : databases) {
                String prefix = "databases." + database + ".";
                config.put(prefix + "hostname", server.host());
                config.put(prefix + "port", Integer.toString(server.port()));
                config.put(prefix + "user", server.user());
                config.put(prefix + "password", server.password());
            }
            config.put("rules", "placed,paid,visited");
            rule(config, "placed", "orders", "total,status");
            rule(config, "paid", "payments", "amount,method");
            rule(config, "visited", "visits", "page,agent");
            config.put("rules.visited.on", "update");
            return List.of(config);
        }
    },

    /** Debezium's connector, one for each database, with the sizes that Towpath gives to its own delegates. */
    DEBEZIUM("plain Debezium") {
        @Override
        List<Map<String, String>> connectors(PostgresServer server, List<String> databases) {
            List<Map<String, String>> connectors = new ArrayList<>();
            for (String database : databases) {
                Map<String, String> config = shared("debezium-" + database);
                config.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
                config.put("tasks.max", "1");
                config.put("topic.prefix", topics(databases.size()) + database);
                config.put("database.hostname", server.host());
                config.put("database.port", Integer.toString(server.port()));
                config.put("database.user", server.user());
                config.put("database.password", server.password());
                config.put("database.dbname", database);
                config.put("plugin.name", "pgoutput");
                config.put("slot.name", "debezium_" + database);
                config.put("publication.name", "debezium_" + database);
                config.put("publication.autocreate.mode", "filtered");
                config.put("table.include.list", "public.orders,public.payments,public.visits");
                config.put("snapshot.mode", "no_data");
                config.put("message.prefix.exclude.list", "towpath.*"); // the other contender's heartbeats
                config.put("poll.interval.ms", "50");
                config.put("max.batch.size", "2048");
                config.put("max.queue.size", "4096");
                connectors.add(config);
            }
            return connectors;
        }
    };

    /** Debezium has a topic for each; Towpath's one topic gets as many partitions. */
    private static final int TABLES = 3;

    private final String label;

    Contender(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    abstract List<Map<String, String>> connectors(PostgresServer server, List<String> databases);

    /** What the names of all topics of this contender's changes begin with. */
    String topics(int databases) {
        return name().toLowerCase(Locale.ROOT) + "-" + databases + "-";
    }

    private static Map<String, String> shared(String name) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("name", name);
        config.put("exactly.once.support", "required");
        config.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        config.put("key.converter.schemas.enable", "false");
        config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        config.put("value.converter.schemas.enable", "false");
        config.put("topic.creation.default.partitions", "1");
        config.put("topic.creation.default.replication.factor", "1");
        return config;
    }

    private static void rule(Map<String, String> config, String name, String table, String data) {
        String prefix = "rules." + name + ".";
        config.put(prefix + "table", "public." + table);
        config.put(prefix + "type", table + "." + name);
        config.put(prefix + "actor.id", "${customer}");
        config.put(prefix + "object.type", table);
        config.put(prefix + "object.id", "${id}");
        config.put(prefix + "data", data);
    }
}
