package io.towpath.local.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Signals to processes and their descendants. */
final class Signals {

    private static final long SECONDS_UNTIL_GONE = 10;

    private Signals() {}

    /** The process first, so that it starts no further ones meanwhile. */
    static List<ProcessHandle> tree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants()).toList();
    }

    /** @param signal as {@code kill} names it: STOP, CONT, TERM, INT */
    static void send(String signal, List<ProcessHandle> processes) {
        List<String> pids = processes.stream()
                .filter(ProcessHandle::isAlive)
                .map(process -> String.valueOf(process.pid()))
                .toList();
        if (pids.isEmpty()) {
            return;
        }
        List<String> command = Stream.concat(
                        Stream.of("sh", "-c", "kill -" + signal + " \"$@\" 2>/dev/null; true", "kill"), pids.stream())
                .toList();
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("cannot send " + signal + " to " + pids, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending " + signal + " to " + pids, e);
        }
    }

    /** SIGKILL to the whole tree; returns when it is gone. */
    static void kill(ProcessHandle root) {
        List<ProcessHandle> tree = tree(root);
        tree.forEach(ProcessHandle::destroyForcibly);
        tree.forEach(Signals::awaitGone);
    }

    private static void awaitGone(ProcessHandle process) {
        try {
            process.onExit().get(SECONDS_UNTIL_GONE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of process " + process.pid(), e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("process " + process.pid() + " is still there after SIGKILL", e);
        }
    }
}
