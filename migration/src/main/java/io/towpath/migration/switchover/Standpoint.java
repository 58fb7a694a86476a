package io.towpath.migration.switchover;

import io.towpath.migration.config.Migration;
import io.towpath.migration.journal.Entry;
import io.towpath.migration.journal.Passage;
import io.towpath.migration.journal.Segment;
import io.towpath.migration.journal.Side;
import io.towpath.migration.journal.Standing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A standing in words, and the next command. Knows nothing but the journal. */
public record Standpoint(Migration migration, Standing standing, Path file) {

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (standing.revision() == 0) {
            lines.add(migration.name() + ": nothing was switched yet; " + migration.source() + " is open");
            return lines;
        }
        for (Segment segment : standing.segments()) {
            lines.add(segment.until() + ": " + segment.from().cluster(migration) + " was left for "
                    + segment.from().other().cluster(migration));
        }
        lines.add(migration.name() + ": " + standing.open().cluster(migration) + " is open" + over()
                + " (journal revision " + standing.revision() + ", " + standing.at() + ", " + standing.by() + ")");
        Passage passage = standing.passage();
        if (passage != null) {
            lines.add("a " + verb(passage) + " to " + passage.to().cluster(migration) + " is half-way"
                    + (passage.back() ? ", being undone" : "")
                    + (released(passage)
                            ? "; " + passage.to().cluster(migration) + " is open too, or about to be"
                            : ""));
            for (Entry entry : passage.entries()) {
                lines.add(
                        "  " + entry.step() + ": " + entry.phase().name().toLowerCase(Locale.ROOT) + " " + entry.at());
            }
        }
        return lines;
    }

    private String over() {
        return switch (standing.end()) {
            case NONE -> "";
            case FINISHING -> ", and the migration is being finished";
            case FINISHED -> ", and the migration is finished";
            case ABANDONED -> ", and " + migration.target() + " was abandoned";
        };
    }

    private static String verb(Passage passage) {
        return passage.to() == Side.TARGET ? "cutover" : "rollback";
    }

    /** The command to type, or why there is none. */
    public String next() {
        Passage passage = standing.passage();
        if (passage != null && released(passage)) {
            return command(verb(passage)) + " goes on; there is no undo any more";
        }
        if (passage != null) {
            return passage.back()
                    ? command(verb(passage) + " --undo") + " finishes going back"
                    : command(verb(passage)) + " goes on; with --undo it goes back";
        }
        return switch (standing.end()) {
            case FINISHED, ABANDONED -> "nothing; the migration is over";
            case FINISHING -> command("finish");
            case NONE ->
                standing.open() == Side.SOURCE
                        ? command("cutover")
                        : command("finish") + ", or " + command("rollback") + " to go back";
        };
    }

    private static boolean released(Passage passage) {
        return passage.entry(Switch.RELEASE).isPresent();
    }

    private String command(String verb) {
        return "towpath " + verb + " -f " + file;
    }
}
