package io.towpath.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What the worker's log is told while this is open; the tests' logger writes to the error stream. */
final class WorkerLog implements AutoCloseable {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    WorkerLog() {
        System.setErr(new PrintStream(said, true, UTF_8));
    }

    String text() {
        return said.toString(UTF_8);
    }

    @Override
    public void close() {
        System.setErr(before);
        before.print(text());
    }
}
