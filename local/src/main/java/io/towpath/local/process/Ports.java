package io.towpath.local.process;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.random.RandomGenerator;

/**
 * A port per use, remembered in a file. Chosen below the range from which systems take the ports of outgoing
 * connections: one of those could sit on a server's port while the server is down.
 */
public final class Ports {

    private static final int FIRST = 10_000;
    private static final int LAST = 32_000;

    private final Path file;
    private final RandomGenerator random;
    private final Properties chosen = new Properties();

    /**
     * Ports as that file remembers them.
     *
     * @param file takes what is chosen, and is read if it is there
     */
    public Ports(Path file, RandomGenerator random) {
        this.file = file;
        this.random = random;
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                chosen.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
    }

    /** The port of this use: the same at every call. */
    public synchronized int of(String use) {
        String known = chosen.getProperty(use);
        if (known != null) {
            return Integer.parseInt(known);
        }
        int port = unused();
        chosen.setProperty(use, String.valueOf(port));
        try (Writer out = Files.newBufferedWriter(file)) {
            chosen.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return port;
    }

    private int unused() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = random.nextInt(FIRST, LAST);
            if (!chosen.containsValue(String.valueOf(port)) && bindable(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + FIRST + " and " + LAST);
    }

    private static boolean bindable(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
