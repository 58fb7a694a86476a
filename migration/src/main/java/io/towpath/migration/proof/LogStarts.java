package io.towpath.migration.proof;

/** The log starts of both copies when reading ended. */
public record LogStarts(long source, long target) {}
