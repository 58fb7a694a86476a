package io.towpath.capture;

import io.towpath.capture.reader.DatabaseReader;
import io.towpath.capture.unit.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The readers of one task and their threads. */
final class Readers {

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
    private static final long SECONDS_TO_STOP = 20;

    private final Map<String, DatabaseReader> readers = new HashMap<>();
    private final Map<String, Position> released = new HashMap<>();
    private final ExecutorService threads;

    /** @param loader context class loader of the threads */
    Readers(String connector, List<DatabaseReader> all, ClassLoader loader) {
        all.forEach(reader -> readers.put(reader.database(), reader));
        UnaryOperator<Thread> named = thread -> {
            thread.setName("towpath-capture-" + connector + "-" + thread.getId());
            thread.setContextClassLoader(loader);
            thread.setDaemon(true);
            return thread;
        };
        threads = Executors.newFixedThreadPool(all.size(), work -> named.apply(new Thread(work)));
    }

    void start() {
        readers.values().forEach(threads::execute);
    }

    DatabaseReader of(String database) {
        return readers.get(database);
    }

    void throwFailure() {
        for (DatabaseReader reader : readers.values()) {
            reader.failure().ifPresent(failure -> {
                throw failure;
            });
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
