package io.towpath.migration.proof;

import java.nio.file.Path;

/**
 * Where the latest values of compacted topics go when they outgrow memory.
 *
 * @param keysInMemory most keys, and records without counterpart, that one partition holds in memory
 * @param directory takes files that are removed when the partition is compared
 */
public record Spill(int keysInMemory, Path directory) {}
