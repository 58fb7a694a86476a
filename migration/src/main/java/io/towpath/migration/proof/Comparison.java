package io.towpath.migration.proof;

import java.util.List;

/** What becomes of pairs and gaps: the differences by class. */
interface Comparison extends Alignment.Listener {

    /**
     * Names the differences that can be named without reading again.
     *
     * @return records of the target that are duplicates if the source holds their like, and foreign otherwise
     */
    List<Entry> close(LogStarts ends);

    /** What reading again found: {@code original} is null when the source has none. */
    void suspect(Entry suspect, Entry original);

    Tally tally();
}
