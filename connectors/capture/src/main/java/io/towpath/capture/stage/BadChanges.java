package io.towpath.capture.stage;

import io.towpath.capture.config.BadChangePolicy;
import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.unit.Position.Part;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.errors.DataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes of one database that lack what a rule must know. To read one again gives the same, so it fails the task or
 * is left out. What is said of it is its rule and its place in the log, never its content.
 */
public final class BadChanges {

    private static final Logger LOG = LoggerFactory.getLogger(BadChanges.class);

    private final String database;
    private final BadChangePolicy policy;
    private final AtomicLong skipped = new AtomicLong();

    public BadChanges(String database, BadChangePolicy policy) {
        this.database = database;
        this.policy = policy;
    }

    /** How many changes were left out since the task started. */
    public long skipped() {
        return skipped.get();
    }

    /** @throws DataException the policy is to fail */
    void met(Part place, DataException why) {
        String where = "log position " + place.position()
                + (place.transaction() == null ? "" : ", transaction " + place.transaction());
        if (policy == BadChangePolicy.FAIL) {
            throw new DataException(
                    "database " + database + ": the change at " + where + " cannot become an activity: "
                            + why.getMessage() + "; correct the rule, or set " + CaptureConfig.ON_BAD_CHANGE + "=skip",
                    why);
        }
        skipped.incrementAndGet();
        LOG.warn("database {}: the change at {} is skipped: {}", database, where, why.getMessage());
    }
}
