package io.towpath.migration.switchover;

import io.towpath.migration.journal.Journal;
import java.util.function.Consumer;

/** Every call that changes something goes through here: it is told, and made only while this run holds the journal. */
public record Acts(Journal journal, Consumer<String> told) {

    public void act(String line, Runnable call) {
        journal.held();
        told.accept("  " + line);
        call.run();
    }

    /** Something worth knowing that changes nothing. */
    public void say(String line) {
        told.accept(line);
    }
}
