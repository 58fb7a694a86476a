package io.towpath.jdbc.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;

/**
 * What an activity {@code actor.erased} does.
 *
 * @param enabled whether it deletes; it is a row as any activity otherwise
 * @param column of the tables that holds the actor
 * @param tables empty for the one that the event's topic is written to
 */
public record ErasureConfig(boolean enabled, String column, List<String> tables) {
    public static final String ENABLED = "erasure.enabled";
    public static final String COLUMN = "erasure.actor.column";
    public static final String TABLES = "erasure.tables";

    static void define(ConfigDef definition) {
        new Keys(definition, "Erasure")
                .key(
                        ENABLED,
                        ConfigDef.Type.BOOLEAN,
                        true,
                        null,
                        MEDIUM,
                        "An activity of type actor.erased deletes the rows of its actor, under every name that it"
                                + " lists, and is not a row itself. false: it is a row as any other activity.")
                .key(
                        COLUMN,
                        ConfigDef.Type.STRING,
                        "actor_id",
                        new NonEmptyString(),
                        MEDIUM,
                        "Column that holds the actor; the default is where an activity's actor.id is written. Give it an"
                                + " index.")
                .key(
                        TABLES,
                        ConfigDef.Type.LIST,
                        List.of(),
                        null,
                        LOW,
                        "Tables to delete from; the one that the event's topic is written to when empty.");
    }

    static ErasureConfig parse(AbstractConfig values) {
        return new ErasureConfig(
                values.getBoolean(ENABLED), values.getString(COLUMN), List.copyOf(values.getList(TABLES)));
    }
}
