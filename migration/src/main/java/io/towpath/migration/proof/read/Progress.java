package io.towpath.migration.proof.read;

/** Told about once a second while a proof runs. {@code read} and {@code wanted} are offsets of the source. */
@FunctionalInterface
public interface Progress {
    void at(long read, long wanted, long matched);
}
