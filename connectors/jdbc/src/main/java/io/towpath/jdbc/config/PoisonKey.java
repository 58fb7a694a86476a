package io.towpath.jdbc.config;

/** What becomes of a record that can never be written, and of its key. */
public enum PoisonKey {
    /** It goes to the dead-letter queue; later records of its key are written. */
    CONTINUE,
    /** The task stops. */
    STOP
}
