package io.towpath.migration.proof;

/**
 * What is known of the logs around a comparison; all offsets, ends exclusive.
 *
 * @param sourceStart log start of the source when the proof began
 * @param sourceFence last stable offset of the source when the proof began: it compares below
 * @param targetStart log start of the target when the proof began
 * @param targetFence last stable offset of the target, read before the source's: every honest record below has its
 *     original below the source's fence
 */
public record Bounds(long sourceStart, long sourceFence, long targetStart, long targetFence) {}
