package io.towpath.jdbc.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * How much is written in one transaction.
 *
 * @param rows after which a batch is full; what the framework hands over at once is never divided
 * @param linger longest wait for a batch to become full
 */
public record BatchConfig(int rows, Duration linger) {
    public static final String ROWS = "batch.size";
    public static final String LINGER = "batch.linger.ms";

    static void define(ConfigDef definition) {
        new Keys(definition, "Batches")
                .key(
                        ROWS,
                        ConfigDef.Type.INT,
                        3_000,
                        Range.between(1, 100_000),
                        MEDIUM,
                        "Records that are gathered for one transaction; what one poll returned is never divided. Up to"
                                + " two such batches stand in memory: one being written, one being filled.")
                .key(
                        LINGER,
                        ConfigDef.Type.LONG,
                        50L,
                        Range.between(0, 60_000),
                        MEDIUM,
                        "How long a batch that is not full waits for more while the topic has more; at its end it is"
                                + " written at once.");
    }

    static BatchConfig parse(AbstractConfig values) {
        return new BatchConfig(values.getInt(ROWS), Duration.ofMillis(values.getLong(LINGER)));
    }
}
