package io.towpath.local.process;

import io.towpath.local.child.ReaperMain;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** This side of the process that kills what is left when this JVM is gone. */
final class Reaper {

    private final Process process;
    private final BufferedWriter pipe;

    private Reaper(Process process) {
        this.process = process;
        this.pipe = process.outputWriter();
    }

    static Reaper start(Path log) {
        // Ctrl-C reaches the whole process group: the one process that must see the end ignores it.
        List<String> command = List.of(
                "sh",
                "-c",
                "trap '' INT HUP TERM; exec \"$@\"",
                "towpath-reaper",
                Home.java(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                ReaperMain.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("CLASSPATH", Home.ownClasses());
        try {
            return new Reaper(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the process that watches over the servers", e);
        }
    }

    /** From now on the process dies with this JVM. */
    synchronized void watch(ProcessHandle server) throws IOException {
        pipe.write(ReaperMain.line(server));
        pipe.newLine();
        pipe.flush();
    }

    /** Lets the reaper do its work, on whatever is left, and end. */
    synchronized void close() {
        try {
            pipe.close();
        } catch (IOException alreadyGone) {
            process.destroyForcibly();
        }
    }
}
