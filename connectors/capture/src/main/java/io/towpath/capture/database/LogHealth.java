package io.towpath.capture.database;

import java.util.Optional;

/**
 * How much of its log a database holds for capture.
 *
 * @param retained bytes that the slot holds
 * @param lag bytes written and not yet released
 * @param room bytes that may still be written before the server breaks the slot; empty for no limit
 * @param limit of what the server holds for a slot; empty for none
 */
public record LogHealth(long retained, long lag, Optional<Long> room, Optional<Long> limit) {

    private static final int PERCENT_LEFT = 30;

    /** Whether the server will soon break the slot, which loses changes. */
    public boolean endangered() {
        return room.isPresent() && limit.isPresent() && room.get() < limit.get() / 100 * PERCENT_LEFT;
    }
}
