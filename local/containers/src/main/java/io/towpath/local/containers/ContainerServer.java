package io.towpath.local.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.model.Frame;
import io.towpath.local.Server;
import io.towpath.local.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/**
 * One server in a container of its own. The container outlives {@link #kill} and {@link #stop}, and with it the server's
 * data; its port is fixed when it is made.
 */
abstract class ContainerServer implements Server {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long LOOK_EVERY_MILLIS = 200;
    private static final int STOP_SECONDS = 20;

    private final String name;
    private final GenericContainer<?> container;
    private final Path log;

    ContainerServer(String name, GenericContainer<?> container, Path log) {
        this.name = name;
        this.container = container;
        this.log = log;
        container.waitingFor(new Started()); // whether it serves is asked by awaitReady
        container.withCreateContainerCmdModifier(create -> create.withStopSignal(stopSignal()));
    }

    /** One look, of a few seconds at most. */
    abstract boolean ready();

    String stopSignal() {
        return "SIGTERM";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public long pid() {
        Long pid = state().getPidLong();
        if (pid == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return pid;
    }

    @Override
    public boolean alive() {
        return container.getContainerId() != null && Boolean.TRUE.equals(state().getRunning());
    }

    @Override
    public void start() {
        if (alive()) {
            throw new IllegalStateException(name + " is alive");
        }
        if (container.getContainerId() == null) {
            container.start();
        } else {
            docker().startContainerCmd(id()).exec();
        }
        docker().logContainerCmd(id())
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .withTail(Files.exists(log) ? 0 : Integer.MAX_VALUE)
                .exec(new Appender(log));
    }

    @Override
    public void stop() {
        docker().stopContainerCmd(id()).withTimeout(STOP_SECONDS).exec();
    }

    @Override
    public void kill() {
        docker().killContainerCmd(id()).exec();
        docker().waitContainerCmd(id())
                .exec(new WaitContainerResultCallback())
                .awaitStatusCode(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void pause() {
        docker().pauseContainerCmd(id()).exec();
    }

    @Override
    public void resume() {
        docker().unpauseContainerCmd(id()).exec();
    }

    @Override
    public void awaitReady() {
        long end = System.nanoTime() + LIMIT.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (!ready()) {
            if (!alive() || System.nanoTime() - end > 0) {
                String why = alive() ? "does not serve after " + LIMIT.toSeconds() + " s" : "has ended";
                remove();
                throw new StartFailure(name + " " + why + "; its log: " + log);
            }
            try {
                boolean opened = never.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS); // an interruptible wait
                assert !opened;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StartFailure("interrupted while waiting for " + name, e);
            }
        }
    }

    /** Ends the server and forgets its data. */
    void remove() {
        container.stop();
    }

    private ContainerState state() {
        return docker().inspectContainerCmd(id()).exec().getState();
    }

    private String id() {
        String id = container.getContainerId();
        if (id == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return id;
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }

    /** Enough for Testcontainers when the container runs. */
    private static final class Started extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }

    /** Writes one life of a server to its log. */
    private static final class Appender extends ResultCallback.Adapter<Frame> {
        private final Path log;

        Appender(Path log) {
            this.log = log;
        }

        @Override
        public void onNext(Frame frame) {
            try {
                Files.write(log, frame.getPayload(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + log, e);
            }
        }
    }
}
