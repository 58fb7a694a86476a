package io.towpath.bench.sink;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Processor time of a process. */
final class CpuTime {
    private static final long NANOS_PER_TICK = 10_000_000; // Linux shows hundredths of a second to every program
    /** utime, stime, cutime, cstime of proc(5), counted from behind the program's name. */
    private static final int FIRST = 11;

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

    private static Duration with(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            long ticks = IntStream.rangeClosed(FIRST, LAST)
                    .mapToLong(i -> Long.parseLong(fields.get(i)))
                    .sum();
            return Duration.ofNanos(ticks * NANOS_PER_TICK);
        } catch (IOException gone) {
            return process.info().totalCpuDuration().orElse(Duration.ZERO);
        }
    }
}
