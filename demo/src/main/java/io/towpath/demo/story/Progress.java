package io.towpath.demo.story;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What the demo prints while it works: one line a happening, the seconds since its start before it. */
final class Progress {

    private final PrintStream out;
    private final long started = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    void say(String format, Object... values) {
        long seconds = Duration.ofNanos(System.nanoTime() - started).toSeconds();
        out.printf(Locale.ROOT, "%4d s  %s%n", seconds, String.format(Locale.ROOT, format, values));
        out.flush();
    }

    PrintStream out() {
        return out;
    }
}
