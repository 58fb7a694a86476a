package io.towpath.bench.sink;

import java.time.Duration;

/** Processor time of a process and all that it started. */
final class CpuTime {
    private CpuTime() {}

    static Duration of(long pid) {
        return ProcessHandle.of(pid)
                .map(process -> java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(process), process.descendants())
                        .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                        .reduce(Duration.ZERO, Duration::plus))
                .orElse(Duration.ZERO);
    }
}
