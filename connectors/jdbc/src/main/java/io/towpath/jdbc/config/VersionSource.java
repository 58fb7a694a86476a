package io.towpath.jdbc.config;

/** Where a row's version comes from. */
public enum VersionSource {
    /** Rows have no versions: the later record counts. */
    NONE,
    /** The position in the source's log: LSN, or binlog file and position. */
    POSITION,
    /** A field of the value. */
    FIELD,
    /** A header. */
    HEADER,
    /** The record's offset: right as long as a key stays in one partition of one topic. */
    KAFKA
}
