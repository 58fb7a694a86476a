package io.towpath.migration.cli;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Migration;
import io.towpath.migration.journal.JournalReading;
import io.towpath.migration.journal.Side;
import io.towpath.migration.journal.Standing;

/**
 * Lets through what goes from source to target only while applications write to the source. Later the source carries our
 * own locks, and its quotas and topic settings are those of a side that is shut: none of that may reach the target.
 */
final class SourceOpen {

    private SourceOpen() {}

    /**
     * Where the migration stands.
     *
     * @throws BadInput when it is being switched, cut over, or over, or cannot be told to be none of these
     */
    static Standing of(Migration migration) {
        JournalReading journal = JournalReading.of(migration);
        if (!journal.unreadable().isEmpty()) {
            throw new BadInput("the journal cannot be read: " + journal.unreadable()
                    + "; wanted: both copies, they say whether the migration is cut over");
        }
        Standing standing = journal.standing();
        if (standing.passage() != null || standing.open() == Side.TARGET || standing.end() != Standing.End.NONE) {
            throw new BadInput(migration.name() + " is " + (standing.passage() != null ? "being switched" : "cut over")
                    + " or over; wanted: a migration whose source is open. towpath status says where it stands");
        }
        return standing;
    }
}
