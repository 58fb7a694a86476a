package io.towpath.capture.database;

/**
 * The part of a database's log from which reading can resume.
 *
 * @param first up to where the slot has let go
 * @param end of the log
 */
public record LogRange(long first, long end) {}
