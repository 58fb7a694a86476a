package io.towpath.jdbc.config;

/** What becomes of a row whose source is another incarnation, whose versions cannot be compared. */
public enum NewIncarnation {
    /** The task stops. */
    STOP,
    /** The incoming row counts. */
    ACCEPT
}
