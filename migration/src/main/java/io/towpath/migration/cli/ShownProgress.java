package io.towpath.migration.cli;

import io.towpath.migration.proof.read.Progress;
import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a proof is: a bar in a terminal, a line now and then in a pipe or a file. */
interface ShownProgress extends Progress, AutoCloseable {

    /** Set by the launcher when standard error is a terminal: the JVM cannot tell on every version. */
    String TERMINAL = "towpath.terminal";

    @Override
    void close();

    /** {@code terminal}: whether a person looks at it. */
    static ShownProgress on(PrintWriter err, boolean terminal) {
        return terminal ? new Bar() : new Lines(err);
    }

    /** Plain lines. */
    record Lines(PrintWriter err) implements ShownProgress {
        @Override
        public void at(long read, long wanted, long matched) {
            err.println("read " + read + " of " + wanted + " offsets, " + matched + " records equal");
        }

        @Override
        public void close() {
            err.flush();
        }
    }

    /** One line that is drawn over itself. */
    final class Bar implements ShownProgress {

        private final ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("verify")
                .setUnit(" offsets", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .setUpdateIntervalMillis(500)
                .showSpeed()
                .build();

        @Override
        public void at(long read, long wanted, long matched) {
            bar.maxHint(wanted).stepTo(read).setExtraMessage(" " + matched + " equal");
        }

        @Override
        public void close() {
            bar.close();
        }
    }
}
