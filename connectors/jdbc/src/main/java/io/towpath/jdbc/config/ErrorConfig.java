package io.towpath.jdbc.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * What becomes of records that can never be written.
 *
 * @param limitPercent largest part of a batch, and of several, that may be refused
 */
public record ErrorConfig(PoisonKey poisonKey, int limitPercent) {
    public static final String POISON_KEY = "on.poison.key";
    public static final String LIMIT_PERCENT = "refused.limit.percent";

    static void define(ConfigDef definition) {
        new Keys(definition, "Errors")
                .choice(
                        POISON_KEY,
                        PoisonKey.CONTINUE,
                        PoisonKey.class,
                        MEDIUM,
                        "continue: a record that the database or the reader refuses goes to the dead-letter queue"
                                + " (errors.deadletterqueue.topic.name), the rest of its batch is written. park:"
                                + " the same, and later records of its key follow it, until `towpath redrive` brings all"
                                + " back in their order. stop: the task stops. Without a dead-letter queue the task stops in any case.")
                .key(
                        LIMIT_PERCENT,
                        ConfigDef.Type.INT,
                        20,
                        Range.between(0, 100),
                        LOW,
                        "Largest part of a batch, and of the last thousand records or so, that may be refused; beyond it"
                                + " the task stops, as it is then not the records that are wrong. Ten records are"
                                + " always borne.");
    }

    static ErrorConfig parse(AbstractConfig values) {
        return new ErrorConfig(
                OneOf.parse(PoisonKey.class, values.getString(POISON_KEY)), values.getInt(LIMIT_PERCENT));
    }
}
