package io.towpath.jdbc.type;

/** What a value is to a database, whatever the database calls it. */
public enum SqlKind {
    BOOLEAN,
    SMALLINT,
    INTEGER,
    BIGINT,
    REAL,
    DOUBLE,
    DECIMAL,
    TEXT,
    BYTES,
    BITS,
    DATE,
    TIME,
    TIME_TZ,
    /** Date and time on the wall, without a zone. */
    TIMESTAMP,
    /** A point in time. */
    INSTANT,
    INTERVAL,
    JSON,
    UUID,
    XML,
    ARRAY
}
