package io.towpath.demo.stack;

import io.towpath.migration.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The supervisor's pid file: locked while it lives, one line {@code PID START_MILLIS}. A lock tells the living from the
 * dead; the start tells our process from a later one with the same id.
 */
final class PidFile {

    /** The system derives start times from its boot time, which it may correct by a second or so. */
    private static final Duration CLOCK_CORRECTION = Duration.ofSeconds(3);

    private PidFile() {}

    /** Takes the file for this process. @throws BadInput if another one has it */
    static FileLock lock(Place place) {
        try {
            FileChannel channel = open(place.pidFile());
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw taken(owner(place).pid());
            }
            ProcessHandle self = ProcessHandle.current();
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap((self.pid() + " " + startMillis(self) + "\n").getBytes(StandardCharsets.US_ASCII)));
            return lock;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + place.pidFile(), e);
        }
    }

    /** Looks only. @throws BadInput if a process has the file */
    static void refuseIfHeld(Place place) {
        holder(place).ifPresent(process -> {
            throw taken(process.pid());
        });
    }

    private static BadInput taken(long pid) {
        return new BadInput(
                "a stack is already up, kept by process " + pid + ": see ./towpath logs, end it with ./towpath down");
    }

    /**
     * The supervisor; empty if there is none. Must not be called by the supervisor itself: a process that closes any
     * channel to a file loses its locks on it.
     *
     * @throws BadInput if the file is held but names a process that did not write it
     */
    static Optional<ProcessHandle> holder(Place place) {
        if (!Files.exists(place.pidFile())) {
            return Optional.empty();
        }
        try (FileChannel channel = open(place.pidFile());
                FileLock lock = channel.tryLock()) {
            return lock == null ? Optional.of(named(place)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + place.pidFile(), e);
        }
    }

    private static ProcessHandle named(Place place) {
        Owner owner = owner(place);
        return ProcessHandle.of(owner.pid())
                .filter(process -> Math.abs(startMillis(process) - owner.startMillis()) <= CLOCK_CORRECTION.toMillis())
                .orElseThrow(() -> new BadInput(place.pidFile() + " is held, but process " + owner.pid()
                        + " is not the one that wrote it: look for its holder by hand"));
    }

    private record Owner(long pid, long startMillis) {}

    private static Owner owner(Place place) {
        try {
            String[] words = Files.readString(place.pidFile(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", 2);
            return new Owner(Long.parseLong(words[0]), Long.parseLong(words[words.length - 1]));
        } catch (IOException | NumberFormatException e) {
            throw new BadInput("cannot read the process id in " + place.pidFile(), e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
