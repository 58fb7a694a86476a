package io.towpath.migration.proof;

/** An offset of each copy of a partition: their log starts, or how far they were read. */
public record Offsets(long source, long target) {}
