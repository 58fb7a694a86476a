package io.towpath.demo.soak;

import io.towpath.local.Server;
import io.towpath.migration.Interrupted;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Trouble by a seed: every so often one server is killed, or stopped in the middle of whatever it does, and comes back.
 *
 * <p>Always: at most one server is in trouble; after {@link #close} all of them run.
 */
public final class Havoc implements AutoCloseable {

    /** What befalls a server. */
    public enum Kind {
        KILLED,
        PAUSED
    }

    /** One server's trouble, told when it begins. */
    public record Fault(Server server, Kind kind) {}

    /**
     * How often and how long, each at random up to twice as much.
     *
     * @param peace between the end of a trouble and the next
     * @param trouble before a killed server is started again, or a paused one resumed
     */
    public record Pace(Duration peace, Duration trouble) {}

    private final List<Server> servers;
    private final Random random;
    private final Pace pace;
    private final Consumer<Fault> told;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "havoc");

    /** The same seed gives the same servers, kinds and times. */
    public Havoc(List<Server> servers, long seed, Pace pace, Consumer<Fault> told) {
        this.servers = List.copyOf(servers);
        this.random = new Random(seed);
        this.pace = pace;
        this.told = told;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!waited(pace.peace())) {
                Fault fault = new Fault(
                        servers.get(random.nextInt(servers.size())), random.nextBoolean() ? Kind.KILLED : Kind.PAUSED);
                told.accept(fault);
                befall(fault);
            }
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    private void befall(Fault fault) {
        Server server = fault.server();
        if (fault.kind() == Kind.KILLED) {
            server.kill();
            waited(pace.trouble());
            server.start();
            server.awaitReady();
        } else {
            server.pause();
            waited(pace.trouble());
            server.resume();
        }
    }

    /** Whether it is over. */
    private boolean waited(Duration about) {
        try {
            return over.await((long) (about.toMillis() * 2 * random.nextDouble()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new Interrupted("waiting", e);
        }
    }

    /** Ends it, once the server that is in trouble is back. @throws RuntimeException when one did not come back */
    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new Interrupted("waiting for the last server to come back", e);
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }
}
