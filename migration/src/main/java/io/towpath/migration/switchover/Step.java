package io.towpath.migration.switchover;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of a switch.
 *
 * <p>Always: {@link #apply} and {@link #undo} may be repeated, also after one that was cut off in the middle; what was
 * there before the step is journalled by {@link #before} before anything is touched.
 */
public interface Step {

    /** Its name in the journal, unique in a switch. */
    String name();

    /** The calls that {@link #apply} makes, one line each, {@code <…>} for what is only known then. */
    List<String> calls();

    /** What the undo needs to know; only reads. Asked once, and journalled together with the beginning of the step. */
    default Map<String, Object> before() {
        return Map.of();
    }

    /**
     * Does it.
     *
     * @return what later steps need to know
     * @throws Refused when it cannot be done as things are; all steps are undone then
     */
    Map<String, Object> apply();

    /** Takes it back. */
    void undo();

    /** Why what was done holds no longer; asked when a run goes on after it, and before the first step that
     * cannot be undone is begun. */
    default Optional<String> broken() {
        return Optional.empty();
    }

    /** Why it cannot be taken back as things are now; asked before anything is taken back. */
    default Optional<String> stuck() {
        return Optional.empty();
    }

    /** Whether it can be undone once it has begun; the steps after one that cannot are not undone either. */
    default boolean reversible() {
        return true;
    }
}
