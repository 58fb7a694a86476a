package io.towpath.demo.stack;

import io.towpath.local.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * This process's right to keep the stack of a {@link Place}: it is the supervisor from {@link #take} to {@link #close}.
 *
 * <p>Always: (A) at most one process holds it, by a lock that the system takes back however the process ends; (B) the
 * pid file names the holder; (C) {@code stack.json} is the holder's from {@link #handOver} on, and absent before.
 *
 * <pre>{@code
 * try (Claim claim = Claim.take(place); Stack stack = Stack.embedded(place.freshDirectory("demo"))) {
 *     int exitCode = …;                             // work with the stack
 *     claim.handOver(stack, reaches, exitCode);     // it is left behind: others may use it
 *     claim.awaitEnd();                             // a signal ends this process, and the stack in order with it
 *     return exitCode;
 * }
 * }</pre>
 */
public final class Claim implements AutoCloseable {

    private final Place place;
    private final FileLock lock;

    private Claim(Place place, FileLock lock) {
        this.place = place;
        this.lock = lock;
    }

    /** Makes this process the supervisor. @throws BadInput if another process keeps a stack here */
    public static Claim take(Place place) {
        FileLock lock = PidFile.lock(place);
        StackFile.delete(place);
        return new Claim(place, lock);
    }

    /** Publishes the stack; from now on a detached supervisor outlives its caller. */
    public void handOver(Stack stack, List<Reach> reaches, int exitCode) {
        StackFile.of(stack, reaches, exitCode).write(place);
    }

    /** Never returns, unless the thread is interrupted: the stack ends with this process, by its own shutdown hook. */
    public void awaitEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give up " + place.pidFile(), e);
        }
    }
}
