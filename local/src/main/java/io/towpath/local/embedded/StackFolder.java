package io.towpath.local.embedded;

import io.towpath.local.process.Place;
import io.towpath.local.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The files of a stack: {@code <server>/} with configuration and data, {@code logs/<server>.log}, {@code ports}, and
 * {@code secrets/<cluster>/} of secured clusters. Held by one stack at a time.
 */
final class StackFolder {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

    private final Path root;
    private final FileChannel lock;
    private final Ports ports;

    private StackFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
        this.ports = new Ports(root.resolve("ports"), RandomGenerator.getDefault());
    }

    /** @throws IllegalStateException if another stack uses the directory */
    static StackFolder lock(Path directory) {
        Path root = directory.toAbsolutePath();
        try {
            Files.createDirectories(root.resolve("logs"));
            FileChannel channel =
                    FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                channel.close();
                throw new IllegalStateException(root + " is in use by another stack");
            }
            return new StackFolder(root, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + root + " for servers", e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException sameJvm) {
            return false;
        }
    }

    /** Where this server lives, from now on. */
    Place place(String server) {
        if (!NAME.matcher(server).matches()) {
            throw new IllegalArgumentException("server name " + server + ": wanted are a-z, 0-9 and dashes");
        }
        try {
            Path directory = Files.createDirectories(root.resolve(server));
            return new Place(server, directory, log(server), ports.of(server));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a folder for " + server, e);
        }
    }

    Path log(String server) {
        return root.resolve("logs").resolve(server + ".log");
    }

    /** Where the secrets of a cluster lie. */
    Path secrets(String cluster) {
        return root.resolve("secrets").resolve(cluster);
    }

    Ports ports() {
        return ports;
    }

    void unlock() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release " + root, e);
        }
    }
}
