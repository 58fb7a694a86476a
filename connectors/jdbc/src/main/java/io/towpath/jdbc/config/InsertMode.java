package io.towpath.jdbc.config;

/** What becomes of a record whose key is already in the table. */
public enum InsertMode {
    /** Every record is a row of its own. */
    APPEND,
    /** The record replaces the row of the same key. */
    UPSERT
}
