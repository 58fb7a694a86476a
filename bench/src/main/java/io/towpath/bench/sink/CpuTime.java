package io.towpath.bench.sink;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Processor time of a process, and of threads. */
final class CpuTime {
    private static final long NANOS_PER_TICK = 10_000_000; // Linux shows hundredths of a second to every program
    /** utime, stime, cutime, cstime of proc(5), counted from behind the program's name. */
    private static final int FIRST = 11;

    private static final int LAST_OWN = 12; // without those of ended children
    private static final int LAST = 14;

    private CpuTime() {}

    /** Of this JVM alone. */
    static Duration own() {
        return Duration.ofNanos(ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime());
    }

    /** With all that it started, also what has ended since, as a database's sessions do; that on Linux only. */
    static Duration of(long pid) {
        return ProcessHandle.of(pid)
                .map(process -> Stream.concat(Stream.of(process), process.descendants())
                        .map(CpuTime::with)
                        .reduce(Duration.ZERO, Duration::plus))
                .orElse(Duration.ZERO);
    }

    /** Of the threads that run now and whose names hold {@code part}; Linux keeps 15 characters, others none. */
    static Duration ofThreads(long pid, String part) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.map(thread -> ofThread(thread.resolve("stat"), part)).reduce(Duration.ZERO, Duration::plus);
        } catch (IOException none) {
            return Duration.ZERO;
        }
    }

    private static Duration ofThread(Path file, String part) {
        try {
            String stat = Files.readString(file);
            return stat.substring(0, stat.lastIndexOf(')')).contains(part) ? time(stat, LAST_OWN) : Duration.ZERO;
        } catch (IOException ended) {
            return Duration.ZERO;
        }
    }

    private static Duration with(ProcessHandle process) {
        try {
            return time(Files.readString(Path.of("/proc/" + process.pid() + "/stat")), LAST);
        } catch (IOException gone) {
            return process.info().totalCpuDuration().orElse(Duration.ZERO);
        }
    }

    private static Duration time(String stat, int last) {
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        long ticks = IntStream.rangeClosed(FIRST, last)
                .mapToLong(i -> Long.parseLong(fields.get(i)))
                .sum();
        return Duration.ofNanos(ticks * NANOS_PER_TICK);
    }
}
