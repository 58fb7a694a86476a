package io.towpath.migration.proof;

/** Offsets {@code from} to {@code to}, both included, on one cluster. */
public record Span(long from, long to) {

    static Span at(long offset) {
        return new Span(offset, offset);
    }

    Span and(Span later) {
        return new Span(Math.min(from, later.from), Math.max(to, later.to));
    }

    @Override
    public String toString() {
        return from == to ? Long.toString(from) : from + ".." + to;
    }
}
