package io.towpath.migration.proof;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Which record of the target is which record of the source: runs of pairs whose offsets rise together.
 *
 * <p>Always: both offsets rise from pair to pair, so the map can be asked from either side. A run costs about four bytes:
 * a topic of small transactions has a run per transaction.
 */
public final class OffsetMap {

    /** {@code length} pairs: (source, target), (source + 1, target + 1), … */
    public record Run(long source, long target, long length) {

        private long from(boolean bySource) {
            return bySource ? source : target;
        }

        private long to(boolean bySource) {
            return bySource ? target : source;
        }

        /** The part of it whose source is at or after {@code from} and whose target is below {@code end}. */
        private Run within(long from, long end) {
            long skipped = Math.max(0, from - source);
            return new Run(source + skipped, target + skipped, Math.min(length, end - target) - skipped);
        }

        long sourceLast() {
            return source + length - 1;
        }

        long targetLast() {
            return target + length - 1;
        }
    }

    private static final int INDEXED = 256;

    /** What maps share that were copied from one another: all have the same beginning. */
    private static final class Store {
        private byte[] bytes = new byte[32];
        /** Per {@link #INDEXED} runs: source and target before them, and where they start in {@link #bytes}. */
        private long[] index = new long[3];
        /** How much of {@link #bytes} is written; one map alone may go on there, any other takes a store of its own. */
        private int end;

        private Store ownFrom(int used) {
            Store own = new Store();
            own.bytes = bytes.clone();
            own.index = index.clone();
            own.end = used;
            return own;
        }
    }

    private Store store = new Store();
    private int used;
    private int runs;
    private long nextSource;
    private long nextTarget;
    /** The run that still grows; none when its length is 0. */
    private long openSource;

    private long openTarget;
    private long length;

    private Run open() {
        return new Run(openSource, openTarget, length);
    }

    /** Adds a pair after all others. */
    public void add(long source, long target) {
        if (length > 0 && source == openSource + length && target == openTarget + length) {
            length++;
            return;
        }
        if (length > 0 && (source < openSource + length || target < openTarget + length)) {
            throw new IllegalArgumentException("offsets must rise: " + source + ", " + target + " after " + open());
        }
        close();
        openSource = source;
        openTarget = target;
        length = 1;
    }

    /** A map that holds the same and goes on by itself; costs nothing for the first that does. */
    OffsetMap copy() {
        OffsetMap copy = new OffsetMap();
        copy.store = store;
        copy.used = used;
        copy.runs = runs;
        copy.nextSource = nextSource;
        copy.nextTarget = nextTarget;
        copy.openSource = openSource;
        copy.openTarget = openTarget;
        copy.length = length;
        return copy;
    }

    /** The same map asked from the other side. */
    OffsetMap reversed() {
        OffsetMap reversed = new OffsetMap();
        forEach(run -> reversed.addRun(new Run(run.target, run.source, run.length)));
        return reversed;
    }

    /** Adds a run after all others. */
    void addRun(Run run) {
        add(run.source, run.target);
        length += run.length - 1;
    }

    /** The target offset after the last pair; 0 when there is none. */
    long targetEnd() {
        return openTarget + length;
    }

    /** The source offset after the last pair; 0 when there is none. */
    public long sourceEnd() {
        return openSource + length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public long runs() {
        return length == 0 ? 0 : runs + 1L;
    }

    /** All runs, in order. */
    public void forEach(Consumer<Run> consumer) {
        new Reader(0).forEachRemaining(consumer);
        if (length > 0) {
            consumer.accept(open());
        }
    }

    /**
     * Where a reader goes on that has read the source below {@code source}: the target offset of the first pair at or
     * after it; after the last pair when there is none; empty when there is no pair at all.
     */
    public OptionalLong toTarget(long source) {
        return translate(source, true);
    }

    /** The same from target to source. */
    public OptionalLong toSource(long target) {
        return translate(target, false);
    }

    private OptionalLong translate(long offset, boolean bySource) {
        if (length == 0) {
            return OptionalLong.empty();
        }
        Reader reader = new Reader(block(offset, bySource));
        while (reader.hasNext()) {
            Run run = reader.next();
            if (offset < run.from(bySource) + run.length) {
                return inside(run, offset, bySource);
            }
        }
        Run last = open();
        return offset < last.from(bySource) + length
                ? inside(last, offset, bySource)
                : OptionalLong.of(last.to(bySource) + length);
    }

    /** The pairs, in order, whose source is at or after {@code source} and whose target is below {@code target}. */
    void forEachBetween(long source, long target, Consumer<Run> consumer) {
        Reader reader = new Reader(block(source, true));
        Run run = null;
        while (reader.hasNext() && (run == null || run.target < target)) {
            run = reader.next();
            giveWithin(run, source, target, consumer);
        }
        giveWithin(open(), source, target, consumer);
    }

    /** How many pairs {@link #forEachBetween} gives. */
    public long between(long source, long target) {
        long[] pairs = {0};
        forEachBetween(source, target, run -> pairs[0] += run.length);
        return pairs[0];
    }

    private static void giveWithin(Run run, long source, long target, Consumer<Run> consumer) {
        Run within = run.within(source, target);
        if (within.length > 0) {
            consumer.accept(within);
        }
    }

    private static OptionalLong inside(Run run, long offset, boolean bySource) {
        return OptionalLong.of(run.to(bySource) + Math.max(0, offset - run.from(bySource)));
    }

    /** The last block that begins at or below {@code offset}. */
    private int block(long offset, boolean bySource) {
        int low = 0;
        int high = (runs + INDEXED - 1) / INDEXED - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (store.index[middle * 3 + (bySource ? 0 : 1)] <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return Math.max(0, low);
    }

    private void close() {
        if (length == 0) {
            return;
        }
        if (store.end != used) {
            store = store.ownFrom(used);
        }
        if (runs % INDEXED == 0) {
            int at = runs / INDEXED * 3;
            if (at + 3 > store.index.length) {
                store.index = Arrays.copyOf(store.index, store.index.length * 2 + 3);
            }
            store.index[at] = nextSource;
            store.index[at + 1] = nextTarget;
            store.index[at + 2] = used;
        }
        write(openSource - nextSource);
        write(openTarget - nextTarget);
        write(length);
        nextSource = openSource + length;
        nextTarget = openTarget + length;
        store.end = used;
        runs++;
    }

    private void write(long number) {
        if (used + 10 > store.bytes.length) {
            store.bytes = Arrays.copyOf(store.bytes, store.bytes.length * 2);
        }
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            store.bytes[used++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        store.bytes[used++] = (byte) rest;
    }

    /** Reads closed runs from a block on. */
    private final class Reader {
        private long source;
        private long target;
        private int at;

        Reader(int block) {
            if (runs > 0) {
                source = store.index[block * 3];
                target = store.index[block * 3 + 1];
                at = (int) store.index[block * 3 + 2];
            }
        }

        boolean hasNext() {
            return at < used;
        }

        Run next() {
            source += read();
            target += read();
            Run run = new Run(source, target, read());
            source += run.length;
            target += run.length;
            return run;
        }

        void forEachRemaining(Consumer<Run> consumer) {
            while (hasNext()) {
                consumer.accept(next());
            }
        }

        private long read() {
            long number = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = store.bytes[at++];
                number |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return number;
                }
            }
        }
    }
}
