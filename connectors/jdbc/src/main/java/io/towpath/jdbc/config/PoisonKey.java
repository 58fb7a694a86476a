package io.towpath.jdbc.config;

/** What becomes of a record that can never be written, and of its key. */
public enum PoisonKey {
    /** It goes to the dead-letter queue; later records of its key are written. */
    CONTINUE,
    /** It goes to the dead-letter queue, and so does each later record of its key, until they are re-driven. */
    PARK,
    /** The task stops. */
    STOP
}
