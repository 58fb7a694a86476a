package io.towpath.capture;

import io.towpath.capture.reader.DatabaseReader;
import io.towpath.capture.unit.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The readers of one task and their threads. */
final class Readers {

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
    private static final long SECONDS_TO_STOP = 20;
    private static final long SECONDS_BETWEEN_LOOKS = 10;

    private final Map<String, DatabaseReader> readers = new HashMap<>();
    private final Map<String, Position> released = new HashMap<>();
    private final List<Runnable> watches;
    private final ExecutorService threads;
    private final ScheduledExecutorService watching;
    private final List<Future<?>> reading = new ArrayList<>();
    private final List<Future<?>> looks = new ArrayList<>();

    /** @param loader context class loader of the threads */
    Readers(String connector, List<DatabaseReader> all, List<Runnable> watches, ClassLoader loader) {
        all.forEach(reader -> readers.put(reader.database(), reader));
        UnaryOperator<Thread> named = thread -> {
            thread.setName("towpath-capture-" + connector + "-" + thread.getId());
            thread.setContextClassLoader(loader);
            thread.setDaemon(true);
            return thread;
        };
        this.watches = watches;
        threads = Executors.newFixedThreadPool(all.size(), work -> named.apply(new Thread(work)));
        watching = Executors.newSingleThreadScheduledExecutor(work -> named.apply(new Thread(work)));
    }

    void start() {
        readers.values().forEach(reader -> reading.add(threads.submit(reader)));
        watches.forEach(
                watch -> looks.add(watching.scheduleWithFixedDelay(watch, 0, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS)));
    }

    DatabaseReader of(String database) {
        return readers.get(database);
    }

    /** Throws what ended a reader for good: by its policy, or an error (no memory, a class that is missing). */
    void throwFailure() throws InterruptedException {
        for (DatabaseReader reader : readers.values()) {
            reader.failure().ifPresent(failure -> {
                throw failure;
            });
        }
        for (Future<?> ended : reading) {
            if (ended.isDone()) {
                throwCause(ended);
            }
        }
    }

    private static void throwCause(Future<?> ended) throws InterruptedException {
        try {
            ended.get();
        } catch (ExecutionException error) {
            throw new ConnectException("a database is no longer read", error.getCause());
        }
    }

    /** Lets each database forget what lies before its position, where that has moved. */
    void release(Function<DatabaseReader, Optional<Position>> position) throws InterruptedException {
        for (DatabaseReader reader : readers.values()) {
            Optional<Position> now = position.apply(reader);
            if (now.isPresent() && !now.get().equals(released.put(reader.database(), now.get()))) {
                reader.releaseTo(now.get());
            }
        }
    }

    void stop() {
        readers.values().forEach(DatabaseReader::stop);
        looks.forEach(look -> look.cancel(true));
        watching.shutdownNow();
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                LOG.warn("a database did not let go within {} s; its connection ends with the worker", SECONDS_TO_STOP);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
