package io.towpath.demo.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Prints a log that another process writes, from its beginning or its last lines on. */
public final class LogTail implements AutoCloseable {

    private final Path file;
    private final BufferedReader log;
    private final PrintWriter out;
    private final char[] buffer = new char[8192];

    private LogTail(Path file, BufferedReader log, PrintWriter out) {
        this.file = file;
        this.log = log;
        this.out = out;
    }

    public static LogTail of(Path file, PrintWriter out) {
        try {
            return new LogTail(file, Files.newBufferedReader(file, StandardCharsets.UTF_8), out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Prints the last lines of what is there; what is written later follows with {@link #printNew}. */
    public void printLast(int lines) {
        Deque<String> last = new ArrayDeque<>();
        try {
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                last.addLast(line);
                if (last.size() > lines) {
                    last.removeFirst();
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        last.forEach(out::println);
        out.flush();
    }

    /** Prints what was written since the last call. */
    public void printNew() {
        for (int n = read(); n > 0; n = read()) {
            out.write(buffer, 0, n);
        }
        out.flush();
    }

    private int read() {
        try {
            return log.read(buffer);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void close() {
        try {
            log.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UncheckedIOException unreadable(IOException cause) {
        return new UncheckedIOException("cannot read " + file, cause);
    }
}
