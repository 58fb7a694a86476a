package io.towpath.capture.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/**
 * Whose activities may leave.
 *
 * @param tables the consent table of each database
 * @param category that an activity needs unless its rule names one, and of rows without a column for it
 * @param allowUnknown whether an actor who has said nothing is recorded
 * @param topic of the state
 * @param client properties of the clients that read the topic
 * @param maxActors most actors that are kept for one database
 */
public record ConsentConfig(
        Map<String, String> tables,
        Columns columns,
        String category,
        boolean allowUnknown,
        String topic,
        Map<String, String> client,
        int maxActors) {

    public static final String TABLE = "consent.table";
    public static final String ACTOR = "consent.column.actor";
    public static final String CATEGORY_COLUMN = "consent.column.category";
    public static final String ALLOWED = "consent.column.allowed";
    public static final String CHANGED_AT = "consent.column.changed.at";
    public static final String MAX_ACTORS = "consent.max.actors";

    static final String CATEGORY = "consent.category";
    static final String DEFAULT = "consent.default";
    static final String TOPIC = "consent.topic";

    private static final String GROUP = "Consent";
    private static final String ALLOW = "allow";

    /** The table's columns; {@code category} and {@code changedAt} may be null: there is none. */
    public record Columns(String actor, String category, String allowed, String changedAt) {}

    /** The consent table of {@code database}. */
    public String table(String database) {
        return tables.get(database);
    }

    static void define(ConfigDef def) {
        add(
                def,
                TABLE,
                null,
                "Table in each database that says which actor allows what, as schema.table: one row for each"
                        + " actor and category. databases.NAME.consent.table for a database where it is called otherwise."
                        + " Default: none, nobody is asked.");
        add(def, ACTOR, "actor", "Its column with the actor's id, as actor.id of the rules has it.");
        add(def, CATEGORY_COLUMN, "category", "Its column with the category; empty if it has none.");
        add(def, ALLOWED, "allowed", "Its column that is true for what is allowed; anything else is a no.");
        add(
                def,
                CHANGED_AT,
                "changed_at",
                "Its column with the time of the statement, which becomes consent.version;" + " empty if it has none.");
        add(
                def,
                CATEGORY,
                "activity",
                "Category that an activity needs, unless its rule has rules.NAME.consent.category.");
        def.define(
                DEFAULT,
                ConfigDef.Type.STRING,
                "deny",
                ValidString.in("deny", ALLOW),
                ConfigDef.Importance.HIGH,
                "Whether an actor who has said nothing is recorded: deny or allow.",
                GROUP,
                order(def),
                ConfigDef.Width.SHORT,
                DEFAULT);
        add(
                def,
                TOPIC,
                null,
                "Compacted topic that keeps what actors have said; made if absent."
                        + " Default: towpath-CONNECTOR-consent.");
        def.define(
                MAX_ACTORS,
                ConfigDef.Type.INT,
                500_000,
                Range.atLeast(1),
                ConfigDef.Importance.LOW,
                "Most actors whose statements a task keeps in memory for one database, about 300 bytes each."
                        + " With more it stops rather than guesses.",
                GROUP,
                order(def),
                ConfigDef.Width.SHORT,
                MAX_ACTORS);
    }

    /** What is wrong between keys, by config key. */
    static Map<String, String> mistakes(Map<String, String> props) {
        Map<String, String> mistakes = new TreeMap<>();
        Map<String, String> tables = tables(props);
        if (tables.isEmpty()) {
            return mistakes;
        }
        for (String database : CaptureConfig.names(props)) {
            String key = key(props, database);
            String table = tables.get(database);
            if (table == null) {
                mistakes.put(
                        DatabaseConfig.key(database, TABLE),
                        "database " + database + " has no consent table and others have, wanted: one in each");
            } else if (!table.matches("[^.]+\\.[^.]+")) {
                mistakes.put(key, "given '" + table + "', wanted: schema.table");
            }
        }
        if (Delivery.BEST_EFFORT.word().equals(props.get(CaptureConfig.DELIVERY))) {
            mistakes.put(
                    CaptureConfig.DELIVERY,
                    "given best-effort, and there is a consent table: a failing broker could lose an opt-out that is already"
                            + " behind the offset, and its actor would be recorded again, wanted: at-least-once or exactly-once");
        }
        for (String column : List.of(ACTOR, ALLOWED)) {
            if (props.getOrDefault(column, "x").isBlank()) {
                mistakes.put(column, "given nothing, wanted: the name of a column");
            }
        }
        if (props.getOrDefault(CaptureConfig.KAFKA_BOOTSTRAP_SERVERS, "").isBlank()) {
            mistakes.put(
                    CaptureConfig.KAFKA_BOOTSTRAP_SERVERS,
                    "given nothing, and there is a consent table, wanted: the worker's bootstrap.servers");
        }
        return mistakes;
    }

    /** Null where there is no consent table. */
    static ConsentConfig parse(Map<String, Object> values, Map<String, String> props, String connector) {
        Map<String, String> tables = tables(props);
        if (tables.isEmpty()) {
            return null;
        }
        String topic = (String) values.get(TOPIC);
        return new ConsentConfig(
                tables,
                new Columns(
                        (String) values.get(ACTOR),
                        orNone((String) values.get(CATEGORY_COLUMN)),
                        (String) values.get(ALLOWED),
                        orNone((String) values.get(CHANGED_AT))),
                (String) values.get(CATEGORY),
                ALLOW.equals(values.get(DEFAULT)),
                topic == null ? "towpath-" + connector + "-consent" : topic,
                CaptureConfig.kafka(props),
                (Integer) values.get(MAX_ACTORS));
    }

    /** The key that names the consent table of {@code database}. */
    public static String key(Map<String, String> props, String database) {
        String own = DatabaseConfig.key(database, TABLE);
        return props.containsKey(own) ? own : TABLE;
    }

    /** Whether anybody is asked. */
    static boolean asked(Map<String, String> props) {
        return !tables(props).isEmpty();
    }

    private static Map<String, String> tables(Map<String, String> props) {
        Map<String, String> tables = new HashMap<>();
        for (String database : CaptureConfig.names(props)) {
            String table = props.getOrDefault(key(props, database), "").strip();
            if (!table.isEmpty()) {
                tables.put(database, table);
            }
        }
        return Map.copyOf(tables);
    }

    private static String orNone(String column) {
        return column == null || column.isBlank() ? null : column;
    }

    private static void add(ConfigDef def, String key, String byDefault, String doc) {
        def.define(
                key,
                ConfigDef.Type.STRING,
                byDefault,
                null,
                ConfigDef.Importance.MEDIUM,
                doc,
                GROUP,
                order(def),
                ConfigDef.Width.MEDIUM,
                key);
    }

    private static int order(ConfigDef def) {
        return def.names().size();
    }

    /** Without the clients' properties: they may hold secrets. */
    @Override
    public String toString() {
        return tables + " " + topic;
    }
}
