package io.towpath.capture.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.types.Password;

/**
 * One captured database.
 *
 * @param name as in the list {@code databases}; the source partition, and {@code source.database} of its activities
 * @param dbname the database's name on its server
 * @param slot replication slot; null for a product without
 * @param publication publication with the tables that rules name; null for a product without
 * @param serverId under which the binlog is read, unique among the server's replicas; null for a product without
 * @param contextTable table in which an application says who acts; null for none
 * @param heartbeatTable table whose one row keeps an idle log moving; null for none
 * @param debezium passed through to the delegate
 */
public record DatabaseConfig(
        String name,
        Product product,
        String hostname,
        int port,
        String dbname,
        String user,
        Password password,
        String slot,
        String publication,
        Long serverId,
        String contextTable,
        String heartbeatTable,
        Map<String, String> debezium) {

    public static final String DATABASES = "databases";
    public static final String CONNECTOR = "connector";
    public static final String HOSTNAME = "hostname";
    public static final String PORT = "port";
    public static final String DBNAME = "dbname";
    public static final String USER = "user";
    public static final String PASSWORD = "password";
    public static final String SLOT = "slot.name";
    public static final String PUBLICATION = "publication.name";
    public static final String SERVER_ID = "server.id";
    public static final String CONTEXT_TABLE = "context.table";
    public static final String HEARTBEAT_TABLE = "heartbeat.table";
    public static final String DEBEZIUM = "debezium.";

    private static final List<String> KEYS = List.of(
            CONNECTOR,
            HOSTNAME,
            PORT,
            DBNAME,
            USER,
            PASSWORD,
            SLOT,
            PUBLICATION,
            ConsentConfig.TABLE,
            SERVER_ID,
            CONTEXT_TABLE,
            HEARTBEAT_TABLE);
    private static final long SERVER_IDS = 1L << 30; // our defaults lie from here to twice as far
    private static final int LONGEST_NAME = 63; // PostgreSQL cuts longer identifiers without a word

    /** The full config key of {@code key} for the database {@code name}. */
    public static String key(String name, String key) {
        return DATABASES + "." + name + "." + key;
    }

    /** The full config key of one of this database's keys. */
    public String key(String key) {
        return key(name, key);
    }

    static boolean known(Product product, String suffix) {
        return suffixes(product).contains(suffix) || suffix.startsWith(DEBEZIUM);
    }

    static List<String> suffixes(Product product) {
        return KEYS.stream().filter(product::has).toList();
    }

    /** The same database, read by another slot and publication, or under another server id. */
    public DatabaseConfig readBy(String otherSlot, String otherPublication, Long otherServerId) {
        return new DatabaseConfig(
                name,
                product,
                hostname,
                port,
                dbname,
                user,
                password,
                otherSlot,
                otherPublication,
                otherServerId,
                contextTable,
                heartbeatTable,
                debezium);
    }

    /** Databases that the config describes with host and user, and the list {@code databases} does not name. */
    static List<String> removed(Map<String, String> props) {
        String end = "." + HOSTNAME;
        return props.keySet().stream()
                .filter(key -> key.startsWith(DATABASES + ".") && key.endsWith(end))
                .filter(key -> key.length() > DATABASES.length() + end.length() + 1)
                .map(key -> key.substring(DATABASES.length() + 1, key.length() - end.length()))
                .filter(name -> props.containsKey(key(name, USER)))
                .filter(name -> !CaptureConfig.names(props).contains(name))
                .sorted()
                .toList();
    }

    /** Removed databases whose slot is another's, by config key: to drop it would lose what that one has yet to read. */
    static Map<String, String> removalMistakes(Map<String, String> props) {
        Map<String, String> inUse = new HashMap<>();
        CaptureConfig.names(props).forEach(name -> slotOnServer(props, name).ifPresent(slot -> inUse.put(slot, name)));
        Map<String, String> mistakes = new TreeMap<>();
        removed(props)
                .forEach(name -> slotOnServer(props, name)
                        .map(inUse::get)
                        .ifPresent(user -> mistakes.put(
                                key(name, SLOT),
                                "the slot of the removed database " + name + " is the one that database " + user
                                        + " is read by, wanted: no keys of " + name)));
        return mistakes;
    }

    private static Optional<String> slotOnServer(Map<String, String> props, String name) {
        Product product = product(props, name);
        if (!product.has(SLOT)) {
            return Optional.empty();
        }
        String slot = props.getOrDefault(key(name, SLOT), defaultName(props.getOrDefault("name", "capture"), name));
        String host = props.getOrDefault(key(name, HOSTNAME), "").toLowerCase(Locale.ROOT);
        return Optional.of(
                host + ":" + props.getOrDefault(key(name, PORT), Integer.toString(product.port())) + "/" + slot);
    }

    static Product product(Map<String, String> props, String name) {
        return Product.of(props.getOrDefault(key(name, CONNECTOR), Product.POSTGRESQL.word()));
    }

    /** Adds the keys of the database {@code name}, one of {@code products}; the first gives the defaults. */
    static void define(ConfigDef def, String connector, String name, Set<Product> products) {
        Keys keys = new Keys(def, name, products);
        Product product = products.iterator().next();
        String slot = defaultName(connector, name);
        keys.add(CONNECTOR, ConfigDef.Type.STRING, "postgresql", ValidString.in(words()), "Product of the database.");
        keys.add(
                HOSTNAME,
                ConfigDef.Type.STRING,
                ConfigDef.NO_DEFAULT_VALUE,
                new ConfigDef.NonEmptyString(),
                "Host name.");
        keys.add(
                PORT,
                ConfigDef.Type.INT,
                product.port(),
                ConfigDef.Range.between(1, 65535),
                "Port; by default the product's own.");
        keys.add(DBNAME, ConfigDef.Type.STRING, name, null, "Name of the database on its server.");
        keys.add(
                USER,
                ConfigDef.Type.STRING,
                ConfigDef.NO_DEFAULT_VALUE,
                new ConfigDef.NonEmptyString(),
                "User that may replicate.");
        keys.add(PASSWORD, ConfigDef.Type.PASSWORD, new Password(""), null, "Password of the user.");
        keys.add(SLOT, ConfigDef.Type.STRING, slot, new LegalName(), "PostgreSQL: replication slot; made if absent.");
        keys.add(
                PUBLICATION,
                ConfigDef.Type.STRING,
                slot,
                new LegalName(),
                "PostgreSQL: publication of the tables that rules name; made if absent.");
        keys.add(ConsentConfig.TABLE, ConfigDef.Type.STRING, null, null, "Its consent table. Default: consent.table.");
        keys.add(
                SERVER_ID,
                ConfigDef.Type.LONG,
                serverId(slot),
                ConfigDef.Range.between(1, (1L << 32) - 1),
                "MariaDB, MySQL: the id under which the binlog is read; no other replica of the server may have it. By default"
                        + " made of the connector's and the database's names.");
        keys.add(
                CONTEXT_TABLE,
                ConfigDef.Type.STRING,
                null,
                null,
                "Table in which an application says at the start of a transaction, by inserting a row, who acts; its columns"
                        + " are the names in context.fields. Default: none.");
        keys.add(
                HEARTBEAT_TABLE,
                ConfigDef.Type.STRING,
                null,
                null,
                "MariaDB, MySQL: table (id int primary key, beaten_at timestamp) whose one row is written each"
                        + " heartbeat.interval.ms. Default: none; any transaction on the server moves the log position.");
    }

    static DatabaseConfig parse(Map<String, Object> values, Map<String, String> raw, String name) {
        Map<String, String> debezium = new LinkedHashMap<>();
        String prefix = key(name, DEBEZIUM);
        raw.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                debezium.put(key.substring(prefix.length()), value);
            }
        });
        return new DatabaseConfig(
                name,
                product(raw, name),
                (String) values.get(key(name, HOSTNAME)),
                (Integer) values.get(key(name, PORT)),
                (String) values.get(key(name, DBNAME)),
                (String) values.get(key(name, USER)),
                (Password) values.get(key(name, PASSWORD)),
                (String) values.get(key(name, SLOT)),
                (String) values.get(key(name, PUBLICATION)),
                (Long) values.get(key(name, SERVER_ID)),
                (String) values.get(key(name, CONTEXT_TABLE)),
                (String) values.get(key(name, HEARTBEAT_TABLE)),
                Map.copyOf(debezium));
    }

    /** What the default names of a connector's slots begin with. */
    public static String slotPrefix(String connector) {
        return legal("towpath_" + connector + "_");
    }

    private static String legal(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }

    /** {@code towpath_<connector>_<database>} as PostgreSQL allows it: lower case, digits, underscores, 63 at most. */
    static String defaultName(String connector, String database) {
        String name = slotPrefix(connector) + legal(database);
        return name.length() <= LONGEST_NAME
                ? name
                : name.substring(0, LONGEST_NAME - 9) + "_" + String.format("%08x", name.hashCode());
    }

    /** A server id that nobody else is likely to have, made of {@code name}. */
    public static long serverId(String name) {
        return SERVER_IDS + Integer.toUnsignedLong(name.hashCode()) % SERVER_IDS;
    }

    private static String[] words() {
        return Product.words().toArray(String[]::new);
    }

    /** Without what is passed through: it may hold secrets. */
    @Override
    public String toString() {
        return name + " (" + user + "@" + hostname + ":" + port + "/" + dbname + ")";
    }

    /** What the operator hands on to the delegate, for the documentation. */
    static void definePassedOn(ConfigDef def, String name) {
        def.define(
                key(name, DEBEZIUM + "KEY"),
                ConfigDef.Type.STRING,
                "",
                null,
                Importance.LOW,
                "KEY of Debezium's own connector for the product, passed on as it is; refused where capture sets it itself."
                        + " database.sslmode and the like hold for capture's own connections too.",
                "Database " + name,
                KEYS.size() + 1,
                Width.MEDIUM,
                name + ": " + DEBEZIUM + "KEY");
    }

    private record Keys(ConfigDef def, String name, Set<Product> products) {
        void add(String key, ConfigDef.Type type, Object byDefault, ConfigDef.Validator validator, String doc) {
            if (products.stream().noneMatch(product -> product.has(key))) {
                return;
            }
            String group = "Database " + name;
            def.define(
                    key(name, key),
                    type,
                    byDefault,
                    validator,
                    Importance.HIGH,
                    doc,
                    group,
                    KEYS.indexOf(key) + 1,
                    Width.MEDIUM,
                    name + ": " + key);
        }
    }

    private static final class LegalName implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, Object value) {
            if (!(value instanceof String text) || !text.matches("[a-z0-9_]{1," + LONGEST_NAME + "}")) {
                throw new org.apache.kafka.common.config.ConfigException(
                        name, value, "wanted: lower-case letters, digits and underscores, at most " + LONGEST_NAME);
            }
        }

        @Override
        public String toString() {
            return "lower-case letters, digits, underscores";
        }
    }
}
