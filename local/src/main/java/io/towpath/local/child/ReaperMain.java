package io.towpath.local.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads lines {@code PID START_MILLIS} until the supervisor's end of the pipe is gone, then kills those processes and
 * their descendants. Works where a lifeline inside the process cannot: paused servers, and programs not written in Java.
 */
public final class ReaperMain {

    /** The operating system's boot time, from which start times derive, may be corrected by about a second. */
    private static final long CLOCK_CORRECTION_MILLIS = 3_000;

    private ReaperMain() {}

    public static void main(String[] args) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } finally {
            lines.forEach(line -> find(line).ifPresent(ReaperMain::killTree));
        }
    }

    /** The line of a process, as {@link #find} reads it. */
    public static String line(ProcessHandle process) {
        return process.pid() + " " + startMillis(process);
    }

    /** The process of a line, unless it is gone and its id belongs to another one now. */
    static Optional<ProcessHandle> find(String line) {
        int space = line.indexOf(' ');
        long start = Long.parseLong(line.substring(space + 1));
        return ProcessHandle.of(Long.parseLong(line.substring(0, space)))
                .filter(process -> Math.abs(startMillis(process) - start) <= CLOCK_CORRECTION_MILLIS);
    }

    private static void killTree(ProcessHandle root) {
        List<ProcessHandle> tree =
                Stream.concat(Stream.of(root), root.descendants()).toList();
        tree.forEach(ProcessHandle::destroyForcibly);
    }

    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(-1L);
    }
}
