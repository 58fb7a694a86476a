package io.towpath.jdbc.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;

/** Which rows are written, where, and how they are identified. */
public record WriteConfig(
        String tableFormat,
        InsertMode insertMode,
        KeyMode keyMode,
        List<String> keyFields,
        boolean deletes,
        boolean truncates,
        String placeholder,
        SchemaEvolution evolution) {
    public static final String TABLE_FORMAT = "collection.name.format";
    public static final String INSERT_MODE = "insert.mode";
    public static final String KEY_MODE = "primary.key.mode";
    public static final String KEY_FIELDS = "primary.key.fields";
    public static final String DELETES = "delete.enabled";
    public static final String TRUNCATES = "truncate.enabled";
    public static final String PLACEHOLDER = "unavailable.value.placeholder";
    public static final String EVOLUTION = "schema.evolution";

    static void define(ConfigDef definition) {
        new Keys(definition, "Writing")
                .key(
                        TABLE_FORMAT,
                        ConfigDef.Type.STRING,
                        "${topic}",
                        new NonEmptyString(),
                        HIGH,
                        "Table that a record is written to, as table or schema.table. ${topic} is the record's topic;"
                                + " ${source.schema} and ${source.table} are those of a Debezium event.")
                .choice(
                        INSERT_MODE,
                        InsertMode.APPEND,
                        InsertMode.class,
                        HIGH,
                        "append: every record is a row. upsert: a record replaces the row of its key.")
                .choice(
                        KEY_MODE,
                        KeyMode.NONE,
                        KeyMode.class,
                        HIGH,
                        "Where a row's key comes from: record_key, record_value (with primary.key.fields),"
                                + " record_header (the same), kafka (topic, partition, offset), none.")
                .key(
                        KEY_FIELDS,
                        ConfigDef.Type.LIST,
                        List.of(),
                        null,
                        MEDIUM,
                        "Fields of the key, the value or the headers that identify a row; all fields of the key when"
                                + " empty.")
                .key(
                        DELETES,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        null,
                        MEDIUM,
                        "Delete the row on a tombstone or a delete event; otherwise both are passed over.")
                .key(
                        TRUNCATES,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        null,
                        MEDIUM,
                        "Empty the table on a truncate event; otherwise it is passed over.")
                .key(
                        PLACEHOLDER,
                        ConfigDef.Type.STRING,
                        "__debezium_unavailable_value",
                        new NonEmptyString(),
                        LOW,
                        "What Debezium writes for a large value that did not change; the column stays as it is. The"
                                + " same as the source connector's key of this name.")
                .choice(
                        EVOLUTION,
                        SchemaEvolution.NONE,
                        SchemaEvolution.class,
                        MEDIUM,
                        "What becomes of a table that does not fit the records' schemas. none: it is used as it is; values that"
                                + " do not fit are bad records. validate: a missing or too narrow column stops the task"
                                + " first. plan: the same, and the task's trace holds the SQL that evolve would run."
                                + " evolve: create the table, add nullable columns, widen columns (int to bigint, a longer"
                                + " varchar, more digits), one task at a time.");
    }

    static WriteConfig parse(AbstractConfig values) {
        return new WriteConfig(
                values.getString(TABLE_FORMAT),
                OneOf.parse(InsertMode.class, values.getString(INSERT_MODE)),
                OneOf.parse(KeyMode.class, values.getString(KEY_MODE)),
                List.copyOf(values.getList(KEY_FIELDS)),
                values.getBoolean(DELETES),
                values.getBoolean(TRUNCATES),
                values.getString(PLACEHOLDER),
                OneOf.parse(SchemaEvolution.class, values.getString(EVOLUTION)));
    }

    /** Whether all records go to one table that is known beforehand. */
    public boolean fixedTable() {
        return !tableFormat.contains("${");
    }
}
