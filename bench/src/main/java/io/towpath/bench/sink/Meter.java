package io.towpath.bench.sink;

import java.time.Duration;

/**
 * What one contender takes of the machine from now on. A JVM's just-in-time compilers stand apart: theirs is the
 * beginning of a program, however many records follow.
 */
final class Meter {
    /** As much of their threads' names as Linux keeps. */
    private static final String COMPILERS = "CompilerThre";

    /** The threads in which our sink writes. */
    private static final String WRITERS = "sink-";

    private final long pid;
    private final Target target;
    private final Spent before;

    private record Spent(Duration program, Duration compilers, Duration writers, Duration database) {}

    /** @param pid of the contender's JVM */
    Meter(long pid, Target target) {
        this.pid = pid;
        this.target = target;
        this.before = spent();
    }

    private Spent spent() {
        return new Spent(
                CpuTime.of(pid),
                CpuTime.ofThreads(pid, COMPILERS),
                CpuTime.ofThreads(pid, WRITERS),
                CpuTime.of(target.server().pid()));
    }

    Figure figure(String name, long records, Duration time) {
        Spent now = spent();
        double compilers = micros(before.compilers(), now.compilers(), records);
        Figure.Cpu cpu = new Figure.Cpu(
                micros(before.program(), now.program(), records) - compilers,
                compilers,
                micros(before.writers(), now.writers(), records),
                micros(before.database(), now.database(), records));
        return new Figure(name, records, time.toNanos() / 1e9, cpu);
    }

    private static double micros(Duration before, Duration now, long records) {
        return now.minus(before).toNanos() / 1e3 / records;
    }
}
