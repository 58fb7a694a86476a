package io.towpath.migration.journal;

/**
 * The journal of one migration, held by this run.
 *
 * <p>Always: (A) what {@link #write} was given is on both clusters when it returns; (B) of two runs that hold the same
 * journal, only the later one gets through {@link #write} and {@link #held}.
 */
public interface Journal extends AutoCloseable {

    /** What was last written, by whomever. */
    Standing standing();

    /**
     * Writes what stands from now on.
     *
     * @throws Superseded when another run has taken over
     */
    void write(Standing next);

    /**
     * Returns if this run still holds the journal; asked before every act.
     *
     * @throws Superseded when another run has taken over
     */
    void held();

    @Override
    void close();
}
