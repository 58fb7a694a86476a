package io.towpath.jdbc.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.sink.SinkRecord;

/** A database in memory with a fence: it may fail before a commit, or after one, as when the answer is lost. */
final class Log implements Pipeline.Work {
    private static final long LONGEST_WAIT_SECONDS = 30;

    private final List<SinkRecord> written = new ArrayList<>();
    private final List<Integer> batches = new ArrayList<>();
    private final Map<Integer, Long> next = new HashMap<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private int tries;
    private final Deque<Optional<Exception>> planned = new ArrayDeque<>();
    private Random failures;
    private CountDownLatch gate = new CountDownLatch(0);
    private CountDownLatch tried = new CountDownLatch(1);

    @Override
    public void write(List<SinkRecord> batch, boolean again) throws SQLException {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        try {
            tried.countDown();
            awaitOpen();
            writeOne(batch, again);
        } finally {
            inside.decrementAndGet();
        }
    }

    private synchronized void writeOne(List<SinkRecord> batch, boolean again) throws SQLException {
        tries++;
        int luck = failures == null ? 100 : failures.nextInt(100);
        Exception now = planned.isEmpty() ? null : planned.poll().orElse(null);
        if (now instanceof RuntimeException broken) {
            throw broken;
        }
        if (now instanceof SQLException refused) {
            throw refused;
        }
        if (luck < 15) {
            throw new SQLTransientException("not committed", "08006");
        }
        List<SinkRecord> rest = again
                ? batch.stream()
                        .filter(record -> record.kafkaOffset() >= next(record.kafkaPartition()))
                        .toList()
                : batch;
        written.addAll(rest);
        batches.add(rest.size());
        rest.forEach(record -> next.put(record.kafkaPartition(), record.kafkaOffset() + 1));
        if (luck < 30) {
            throw new SQLTransientException("committed, and the answer lost", "08006");
        }
    }

    private void awaitOpen() {
        try {
            assertThat(gate.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void end() {}

    void hold() {
        gate = new CountDownLatch(1);
        tried = new CountDownLatch(1);
    }

    void release() {
        gate.countDown();
    }

    void awaitTry() throws InterruptedException {
        assertThat(tried.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    synchronized void failNext(Exception next) {
        failAfter(0, next);
    }

    /** Lets some tries pass before one fails. */
    synchronized void failAfter(int passing, Exception next) {
        for (int i = 0; i < passing; i++) {
            planned.add(Optional.empty());
        }
        planned.add(Optional.of(next));
    }

    synchronized void failAtRandom(Random random) {
        failures = random;
    }

    synchronized int tries() {
        return tries;
    }

    synchronized List<SinkRecord> written() {
        return List.copyOf(written);
    }

    synchronized List<Integer> batches() {
        return List.copyOf(batches);
    }

    synchronized long next(int partition) {
        return next.getOrDefault(partition, 0L);
    }

    /** Every offset of the partition below {@code end}, in order and once. */
    synchronized void assertInOrderAndOnce(int partition, long end) {
        List<Long> offsets = written.stream()
                .filter(record -> record.kafkaPartition() == partition)
                .map(SinkRecord::kafkaOffset)
                .toList();
        assertThat(offsets)
                .isEqualTo(java.util.stream.LongStream.range(0, end).boxed().toList());
    }

    void assertOneAtATime() {
        assertThat(most).hasValue(1);
    }
}
