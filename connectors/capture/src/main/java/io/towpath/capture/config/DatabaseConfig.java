package io.towpath.capture.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * @param slot replication slot
 * @param publication publication with the tables that rules name
 * @param debezium passed through to the delegate
 */
public record DatabaseConfig(
        String name,
        String hostname,
        int port,
        String dbname,
        String user,
        Password password,
        String slot,
        String publication,
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
    public static final String DEBEZIUM = "debezium.";

    static final List<String> CONNECTORS = List.of("postgresql");

    private static final List<String> KEYS =
            List.of(CONNECTOR, HOSTNAME, PORT, DBNAME, USER, PASSWORD, SLOT, PUBLICATION, ConsentConfig.TABLE);
    private static final int LONGEST_NAME = 63; // PostgreSQL cuts longer identifiers without a word

    /** The full config key of {@code key} for the database {@code name}. */
    public static String key(String name, String key) {
        return DATABASES + "." + name + "." + key;
    }

    /** The full config key of one of this database's keys. */
    public String key(String key) {
        return key(name, key);
    }

    static boolean known(String suffix) {
        return KEYS.contains(suffix) || suffix.startsWith(DEBEZIUM);
    }

    static List<String> suffixes() {
        return KEYS;
    }

    /** Adds the keys of the database {@code name}. */
    static void define(ConfigDef def, String connector, String name) {
        Keys keys = new Keys(def, name);
        keys.add(
                CONNECTOR,
                ConfigDef.Type.STRING,
                "postgresql",
                ValidString.in("postgresql"),
                "Product of the database.");
        keys.add(
                HOSTNAME,
                ConfigDef.Type.STRING,
                ConfigDef.NO_DEFAULT_VALUE,
                new ConfigDef.NonEmptyString(),
                "Host name.");
        keys.add(PORT, ConfigDef.Type.INT, 5432, ConfigDef.Range.between(1, 65535), "Port.");
        keys.add(DBNAME, ConfigDef.Type.STRING, name, null, "Name of the database on its server.");
        keys.add(
                USER,
                ConfigDef.Type.STRING,
                ConfigDef.NO_DEFAULT_VALUE,
                new ConfigDef.NonEmptyString(),
                "User that may replicate.");
        keys.add(PASSWORD, ConfigDef.Type.PASSWORD, new Password(""), null, "Password of the user.");
        keys.add(
                SLOT,
                ConfigDef.Type.STRING,
                defaultName(connector, name),
                new LegalName(),
                "Replication slot; made if absent.");
        keys.add(
                PUBLICATION,
                ConfigDef.Type.STRING,
                defaultName(connector, name),
                new LegalName(),
                "Publication of the tables that rules name; made if absent.");
        keys.add(ConsentConfig.TABLE, ConfigDef.Type.STRING, null, null, "Its consent table. Default: consent.table.");
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
                (String) values.get(key(name, HOSTNAME)),
                (Integer) values.get(key(name, PORT)),
                (String) values.get(key(name, DBNAME)),
                (String) values.get(key(name, USER)),
                (Password) values.get(key(name, PASSWORD)),
                (String) values.get(key(name, SLOT)),
                (String) values.get(key(name, PUBLICATION)),
                Map.copyOf(debezium));
    }

    /** {@code towpath_<connector>_<database>} as PostgreSQL allows it: lower case, digits, underscores, 63 at most. */
    static String defaultName(String connector, String database) {
        String name = ("towpath_" + connector + "_" + database)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_]", "_");
        return name.length() <= LONGEST_NAME
                ? name
                : name.substring(0, LONGEST_NAME - 9) + "_" + String.format("%08x", name.hashCode());
    }

    /** Without what is passed through: it may hold secrets. */
    @Override
    public String toString() {
        return name + " (" + user + "@" + hostname + ":" + port + "/" + dbname + ")";
    }

    private record Keys(ConfigDef def, String name) {
        void add(String key, ConfigDef.Type type, Object byDefault, ConfigDef.Validator validator, String doc) {
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
