package io.towpath.local.process;

import io.towpath.local.Server;
import io.towpath.local.StartFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server as a child process: everything but the question whether it is ready. */
public abstract class ServerProcess implements Server {

    /** Most time from the stop signal to the end. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Launch launch;
    private final Nursery nursery;
    private volatile Process process;
    private volatile long startedNanos;

    protected ServerProcess(Launch launch, Nursery nursery) {
        this.launch = launch;
        this.nursery = nursery;
    }

    /** Asks the server once, briefly, whether it serves. Any failure to answer means no. */
    protected abstract boolean ready();

    @Override
    public final String name() {
        return launch.name();
    }

    @Override
    public final Path log() {
        return launch.log();
    }

    @Override
    public final long pid() {
        return life().pid();
    }

    @Override
    public final boolean alive() {
        Process now = process;
        return now != null && now.isAlive();
    }

    @Override
    public final synchronized void start() {
        if (alive()) {
            throw new IllegalStateException(name() + " is already running");
        }
        startedNanos = System.nanoTime();
        process = nursery.start(launch);
    }

    @Override
    public final void awaitReady() {
        Process now = life();
        long end = startedNanos + launch.ready().toNanos();
        while (!ready()) {
            if (exited(now, LOOK_EVERY)) {
                throw failure("its process ended with exit code " + now.exitValue());
            }
            if (System.nanoTime() - end > 0) {
                kill();
                throw failure("it was not ready after " + launch.ready().toSeconds() + " s");
            }
        }
        LOG.info("{} is ready after {} ms", name(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos));
    }

    private StartFailure failure(String why) {
        return new StartFailure(
                name() + " did not start: " + why + ". The last lines of " + log() + ":\n" + LogTail.of(log()));
    }

    @Override
    public final void stop() {
        requestStop();
        awaitStopped();
    }

    /** First half of {@link #stop}: lets several servers end at the same time. */
    public final void requestStop() {
        if (alive()) {
            ProcessHandle root = life().toHandle();
            Signals.send(launch.stopSignal(), List.of(root));
            Signals.send("CONT", Signals.tree(root)); // a paused process would not notice
        }
    }

    /** Second half of {@link #stop}. */
    public final void awaitStopped() {
        if (!stopsWithin(STOP_LIMIT)) {
            LOG.warn("{} did not stop in time: killed", name());
            kill();
        }
    }

    /** True as soon as it has ended, false if it lives on after that time. */
    public final boolean stopsWithin(Duration limit) {
        return !alive() || exited(life(), limit);
    }

    @Override
    public final void kill() {
        if (alive()) {
            Process now = life();
            Signals.kill(now.toHandle());
            exited(now, STOP_LIMIT); // the handle may know of the end before the process object does
        }
    }

    @Override
    public final void pause() {
        Signals.send("STOP", Signals.tree(life().toHandle()));
    }

    @Override
    public final void resume() {
        Signals.send("CONT", Signals.tree(life().toHandle()));
    }

    private Process life() {
        Process now = process;
        if (now == null) {
            throw new IllegalStateException(name() + " was never started");
        }
        return now;
    }

    private boolean exited(Process now, Duration limit) {
        try {
            return now.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while waiting for " + name(), e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
