package io.towpath.migration.proof;

import java.util.List;
import java.util.Map;

/** What becomes of pairs and gaps: the differences by class. */
interface Comparison extends Alignment.Listener {

    /** Whether records stand after the last pair. */
    boolean isOpen();

    /** All is read that will be. */
    void close(Ends ends);

    /** The places of a side whose batches must be looked at before {@link #judge}, in order. */
    List<Span> vacant(boolean ofSource);

    /** Names the differences that can be named without reading again; returns those that cannot. */
    List<Suspect> judge(Vacancies source, Vacancies target);

    /** Names the rest, by what a second look has found of each. */
    void settle(Map<Suspect, Suspect.Answer> answers);

    Tally tally();

    /**
     * How reading ended.
     *
     * @param starts the log starts by then
     * @param read up to where both were read
     * @param left whether what stands after the last pair is left to the next proof
     */
    record Ends(Offsets starts, Offsets read, boolean left) {}
}
