package io.towpath.jdbc.config;

/** Where the columns that identify a row come from; the words are Debezium's. */
public enum KeyMode {
    /** No key. */
    NONE,
    /** The record's coordinates. */
    KAFKA,
    /** The record's key: its fields, or the key itself under one name. */
    RECORD_KEY,
    /** Fields of the record's value. */
    RECORD_VALUE,
    /** Headers of the record. */
    RECORD_HEADER
}
