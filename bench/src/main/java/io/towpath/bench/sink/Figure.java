package io.towpath.bench.sink;

import java.util.Locale;

/**
 * What one contender did.
 *
 * @param seconds from the first row in the table to the last
 */
record Figure(String name, long records, double seconds, Cpu cpu) {

    /**
     * Processor time per record, in microseconds.
     *
     * @param program of all the program's threads but the compilers'
     * @param compilers the JVM's just-in-time compilers
     * @param writers the part of {@code program} that is our sink's writing threads; 0 for anything else
     */
    record Cpu(double program, double compilers, double writers, double database) {}

    double rate() {
        return records / seconds;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-28s %,10.0f records/s   processor time per record: program %5.1f µs (JIT compilers %4.1f µs more),"
                        + " database %5.1f µs",
                name,
                rate(),
                cpu.program(),
                cpu.compilers(),
                cpu.database());
    }
}
