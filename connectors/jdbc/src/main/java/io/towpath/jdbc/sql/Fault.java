package io.towpath.jdbc.sql;

/** Whose fault a failure of the database is. */
public enum Fault {
    /** The world's, for a while: the same batch may pass later. */
    TRANSIENT,
    /** A record's: without it the batch may pass. */
    DATA,
    /** The table is not what was thought: look again, once. */
    STRUCTURE,
    /** The operator's or ours. */
    FATAL
}
