package io.towpath.jdbc.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * Where records wait whose key is parked, and where they come back.
 *
 * @param redriveTopic empty for none
 * @param table keeps the coordinates of the waiting records
 * @param limit most records that may wait
 */
public record ParkConfig(String redriveTopic, String table, int limit) {
    public static final String REDRIVE_TOPIC = "redrive.topic";
    public static final String TABLE = "parked.table";
    public static final String LIMIT = "parked.limit";

    static void define(ConfigDef definition) {
        new Keys(definition, "Parking")
                .key(
                        REDRIVE_TOPIC,
                        ConfigDef.Type.STRING,
                        "",
                        null,
                        MEDIUM,
                        "With on.poison.key=park: topic to which `towpath redrive` writes dead-lettered records, to be"
                                + " written in their order. The connector must read it too: name it in topics.")
                .key(
                        TABLE,
                        ConfigDef.Type.STRING,
                        "towpath_sink_parked",
                        new NonEmptyString(),
                        LOW,
                        "With on.poison.key=park: table for the coordinates of the waiting records, in the target"
                                + " database; created at the first start.")
                .key(
                        LIMIT,
                        ConfigDef.Type.INT,
                        1_000,
                        Range.between(1, 100_000),
                        LOW,
                        "With on.poison.key=park: most records of this sink that may wait; beyond it the task stops."
                                + " Each transaction looks at those of its partitions.");
    }

    static ParkConfig parse(AbstractConfig values) {
        return new ParkConfig(values.getString(REDRIVE_TOPIC), values.getString(TABLE), values.getInt(LIMIT));
    }
}
