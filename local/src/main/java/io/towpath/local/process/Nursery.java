package io.towpath.local.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives birth to server processes.
 *
 * <p>Always: (A) no server runs that the reaper has not heard of; (B) none starts once this is closed.
 * For (A) a child is at first a shell that waits for a word on its standard input, and becomes the server afterwards.
 */
public final class Nursery {

    /**
     * Ctrl-C in a terminal is for the supervisor, which then stops its servers in the right order: a server ignores it,
     * and where util-linux is there it is in a session of its own, because PostgreSQL makes its own mind up.
     */
    private static final String WAIT_THEN_RUN = "trap '' INT HUP; read -r go || exit 1; "
            + "if command -v setsid >/dev/null; then exec setsid \"$@\"; fi; exec \"$@\"";

    private final Reaper reaper;
    private boolean closed;

    public Nursery(Path reaperLog) {
        this.reaper = Reaper.start(reaperLog);
    }

    synchronized Process start(Launch launch) {
        if (closed) {
            throw new IllegalStateException(launch.name() + " cannot start: its stack is closed");
        }
        List<String> command = new ArrayList<>(List.of("sh", "-c", WAIT_THEN_RUN, "towpath-" + launch.name()));
        command.addAll(launch.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
        builder.environment().putAll(launch.environment());
        try {
            Process process = builder.start();
            reaper.watch(process.toHandle());
            // Never closed: its end tells the child that this JVM is gone.
            OutputStream lifeline = process.getOutputStream();
            lifeline.write("go\n".getBytes(StandardCharsets.US_ASCII));
            lifeline.flush();
            return process;
        } catch (IOException e) {
            throw new IllegalStateException(launch.name() + " cannot be started", e);
        }
    }

    /** From now on nothing starts. */
    public synchronized void refuseFurther() {
        closed = true;
    }

    /** Also ends whatever is still there. */
    public void close() {
        refuseFurther();
        reaper.close();
    }
}
