package io.towpath.jdbc.write;

import io.towpath.jdbc.config.BatchConfig;
import io.towpath.jdbc.fence.Overtaken;
import io.towpath.jdbc.row.RowOp;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records that the task has taken and not yet committed: one batch that a thread of its own is writing, and one
 * that is filled meanwhile. So the framework converts records while the database writes others.
 *
 * <p>Always: (A) at most one batch is being written, and batches are written in the order in which they were taken; (B)
 * a batch stays here until it is committed: one that failed is written again before anything more is taken; (C) while
 * nothing is being written, the caller's thread may use what the writing uses. To be called by one thread.
 *
 * <pre>
 * caller   | add 1 | add 2   add 3   (full: waits) | add 4 ...
 * writer           | write 1                       | write 2 and 3 ...
 * </pre>
 */
public final class Pipeline implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Pipeline.class);
    private static final long LONGEST_GOODBYE_SECONDS = 5;

    private final Work work;
    private final BatchConfig config;
    private final ExecutorService thread;
    private List<SinkRecord> filling = new ArrayList<>();
    private long fillingSince;
    private List<SinkRecord> unwritten = List.of();
    private Future<Void> underWay;
    private Exception failure;
    private RuntimeException broken;

    /** What the thread does with a batch, and at the end. */
    public interface Work {
        /**
         * Writes a batch.
         *
         * @param again whether it was tried before: parts of it may be written
         */
        void write(List<SinkRecord> batch, boolean again) throws SQLException;

        void end();
    }

    /** A pipeline whose thread is called {@code name}. */
    public Pipeline(Work work, BatchConfig config, String name) {
        this.work = work;
        this.config = config;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread one = new Thread(task, name);
            one.setDaemon(true);
            return one;
        });
    }

    /**
     * Makes room for more: waits when a whole batch waits already, and writes again what failed.
     *
     * @throws SQLException why a batch is not written; the next call tries again
     * @throws Overtaken why it is not written until partitions of it are forgotten; the next call tries again
     * @throws ConnectException when nothing more can be written, now and ever after
     */
    public void makeRoom() throws SQLException {
        if (underWay != null && (underWay.isDone() || isFull())) {
            settle();
        }
        tell();
        if (underWay == null && !unwritten.isEmpty()) {
            start(true);
            settle();
            tell();
        }
        if (underWay == null && isFull()) {
            handOver();
        }
    }

    /**
     * As {@link #makeRoom}, and afterwards nothing is being written.
     *
     * @throws SQLException also of a batch that was handed over just now
     */
    public void makeRoomAndSettle() throws SQLException {
        makeRoom();
        settle();
        tell();
    }

    /** Takes records, after {@link #makeRoom}. None at all means that the topics have no more for now. */
    public void add(Collection<SinkRecord> records) {
        if (filling.isEmpty()) {
            fillingSince = System.nanoTime();
        }
        filling.addAll(records);
        boolean due = records.isEmpty()
                || isFull()
                || System.nanoTime() - fillingSince >= config.linger().toNanos();
        if (due && underWay == null) {
            handOver();
        }
    }

    /** Writes everything that was taken, and waits for it; fails as {@link #makeRoom}. */
    public void flush() throws SQLException {
        settle();
        makeRoom();
        settle();
        handOver();
        settle();
        tell();
    }

    /** Waits until nothing is being written; what came of it is told by the next {@link #makeRoom}. */
    public void settle() {
        if (underWay == null) {
            return;
        }
        try {
            underWay.get();
            unwritten = List.of();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ConnectException("interrupted while a batch was being written", interrupted);
        } catch (ExecutionException cause) {
            remember(cause.getCause());
        }
        underWay = null;
    }

    private void remember(Throwable cause) {
        if (cause instanceof SQLException || cause instanceof Overtaken) {
            failure = (Exception) cause;
        } else {
            broken = cause instanceof RuntimeException known
                    ? known
                    : new ConnectException("a batch could not be written", cause);
        }
    }

    private void tell() throws SQLException {
        if (broken != null) {
            throw broken;
        }
        if (failure != null) {
            Exception told = failure;
            failure = null;
            if (told instanceof Overtaken overtaken) {
                throw overtaken;
            }
            throw (SQLException) told;
        }
    }

    /** Drops what was taken of {@code partitions} and is not written. */
    public void forget(Collection<TopicPartition> partitions) {
        settle();
        filling.removeIf(record -> partitions.contains(RowOp.partition(record)));
        unwritten = unwritten.stream()
                .filter(record -> !partitions.contains(RowOp.partition(record)))
                .toList();
        failure = unwritten.isEmpty() ? null : failure;
    }

    /** Whether everything that was taken is known to be written. */
    public boolean isEmpty() {
        return filling.isEmpty() && unwritten.isEmpty();
    }

    /** What is being tried, for messages: coordinates and no payload. */
    public String doing() {
        return unwritten.isEmpty()
                ? "taking partitions over"
                : "writing " + unwritten.size() + " records, the last of them "
                        + RowOp.where(unwritten.get(unwritten.size() - 1));
    }

    private boolean isFull() {
        return filling.size() >= config.rows();
    }

    /** Never past a batch that is not written: its place in the log would be skipped with the next one's commit. */
    private void handOver() {
        if (!filling.isEmpty() && unwritten.isEmpty() && broken == null) {
            unwritten = filling;
            filling = new ArrayList<>();
            start(false);
        }
    }

    private void start(boolean again) {
        List<SinkRecord> batch = unwritten;
        Callable<Void> writing = () -> {
            work.write(batch, again);
            return null;
        };
        underWay = thread.submit(writing);
    }

    /** Lets the batch that is being written end; the rest is left to whoever owns the partitions next. */
    @Override
    public void close() {
        thread.execute(work::end);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LONGEST_GOODBYE_SECONDS, TimeUnit.SECONDS)) {
                LOGGER.warn("A batch is still being written; the database ends it, or it is committed in whole");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
