package io.towpath.migration.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.journal.Side;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a switch as a child process up to a point, and kills it there with SIGKILL. */
record Kill(String file, Side to, boolean undo) {

    /** What became of a run: killed at the point, or ended before with this exit code and these words. */
    record Outcome(boolean reached, int exit, List<String> said) {

        /** The first line of the exception that ended it. */
        String why() {
            return said.stream()
                    .filter(line -> line.startsWith("Exception "))
                    .findFirst()
                    .orElse("exit code " + exit);
        }
    }

    /** Returns whether it came to the point; otherwise it ended, with exit code 0. */
    boolean at(KilledSwitch.Point point, int n) throws IOException, InterruptedException {
        Outcome outcome = outcome(point, n);
        assertThat(outcome.reached || outcome.exit == 0)
                .as(String.join("\n", outcome.said))
                .isTrue();
        return outcome.reached;
    }

    /** As {@link #at}, of a run that may also fail: servers may be down. */
    Outcome outcome(KilledSwitch.Point point, int n) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledSwitch.class.getName(),
                file,
                to.name(),
                undo ? "undo" : "run",
                point.name(),
                Integer.toString(n));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> said = new ArrayList<>();
        try (BufferedReader out = child.inputReader(UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals(KilledSwitch.REACHED)) {
                    return new Outcome(true, 0, said);
                }
                said.add(line);
            }
            return new Outcome(false, child.waitFor(), said);
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /** Killed at the n-th point of every run, again and again until one gets through; returns how often. */
    int untilThrough(KilledSwitch.Point point, int n) throws IOException, InterruptedException {
        int kills = 0;
        while (at(point, n)) {
            kills++;
            assertThat(kills).as("a switch that goes on comes to its end").isLessThan(60);
        }
        return kills;
    }
}
