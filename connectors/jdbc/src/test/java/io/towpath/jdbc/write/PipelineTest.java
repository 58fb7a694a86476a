package io.towpath.jdbc.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.jdbc.config.BatchConfig;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineTest {
    private static final int ROWS = 10;
    private static final Duration FOREVER = Duration.ofMinutes(1);

    private final Log log = new Log();
    private Pipeline pipeline = new Pipeline(log, new BatchConfig(ROWS, FOREVER), "test");

    @AfterEach
    void close() {
        pipeline.close();
    }

    private static List<SinkRecord> records(int partition, long from, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(offset -> new SinkRecord("t", partition, null, null, null, null, offset))
                .toList();
    }

    private void take(List<SinkRecord> records) throws SQLException {
        pipeline.makeRoom();
        pipeline.add(records);
    }

    @Test
    void takingDoesNotWaitForTheWriting() throws Exception {
        log.hold();
        take(records(0, 0, ROWS));
        log.awaitTry();
        take(records(0, ROWS, ROWS));
        assertThat(log.written())
                .as("the writer stands still, and more was taken")
                .isEmpty();
        log.release();
        pipeline.flush();
        assertThat(log.batches()).containsExactly(ROWS, ROWS);
        assertThat(pipeline.isEmpty()).isTrue();
    }

    @Test
    void smallBatchesAreGatheredUntilTheTopicHasNoMore() throws Exception {
        take(records(0, 0, 3));
        take(records(0, 3, 3));
        pipeline.settle();
        assertThat(log.written()).isEmpty();
        take(List.of());
        pipeline.settle();
        assertThat(log.batches()).containsExactly(6);
    }

    @Test
    void aBatchThatLingeredLongEnoughIsWritten() throws Exception {
        pipeline.close();
        pipeline = new Pipeline(log, new BatchConfig(ROWS, Duration.ZERO), "test");
        take(records(0, 0, 3));
        pipeline.settle();
        assertThat(log.batches()).containsExactly(3);
    }

    @Test
    void aFailureIsToldBeforeMoreIsTakenAndTheBatchIsKept() throws Exception {
        log.failNext(new SQLTransientException("away", "08006"));
        take(records(0, 0, ROWS));
        pipeline.settle();
        assertThatThrownBy(pipeline::makeRoom).isInstanceOf(SQLTransientException.class);
        assertThat(pipeline.doing()).isEqualTo("writing 10 records, the last of them t-0@9");
        take(records(0, ROWS, 1));
        pipeline.flush();
        log.assertInOrderAndOnce(0, ROWS + 1);
    }

    @Test
    void aBatchThatFailsBehindOneThatFailedIsNotOvertaken() throws Exception {
        log.failNext(new SQLTransientException("away", "08006"));
        log.hold();
        take(records(0, 0, ROWS));
        pipeline.add(records(0, ROWS, ROWS)); // waits behind the first
        log.release();
        pipeline.settle();
        assertThatThrownBy(pipeline::makeRoom).isInstanceOf(SQLTransientException.class);
        log.failAfter(1, new SQLTransientException("flapping", "40001"));
        assertThatThrownBy(pipeline::makeRoomAndSettle)
                .as("the first is written, the second is not")
                .hasMessage("flapping");
        pipeline.add(records(0, 2 * ROWS, ROWS)); // as a caller would that was told of nothing
        pipeline.flush();
        log.assertInOrderAndOnce(0, 3 * ROWS);
    }

    @Test
    void nothingIsWrittenBehindABatchThatCannotBe() throws Exception {
        log.failNext(new ConnectException("taken over"));
        log.hold();
        take(records(0, 0, ROWS));
        pipeline.add(records(0, ROWS, ROWS));
        log.release();
        pipeline.settle();
        pipeline.add(records(0, 2 * ROWS, ROWS));
        pipeline.settle();
        assertThat(log.tries()).isEqualTo(1);
        assertThat(log.written()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsNeverTriedAgain() throws Exception {
        log.failNext(new ConnectException("taken over"));
        take(records(0, 0, ROWS));
        pipeline.settle();
        assertThatThrownBy(pipeline::makeRoom).hasMessage("taken over");
        assertThatThrownBy(pipeline::flush).hasMessage("taken over");
        assertThatThrownBy(pipeline::makeRoom).hasMessage("taken over");
        assertThat(log.tries()).isEqualTo(1);
    }

    @Test
    void aRevokedPartitionsRecordsAreDroppedAlsoFromABatchThatFailed() throws Exception {
        log.failNext(new SQLTransientException("away", "08006"));
        log.hold();
        take(records(0, 0, 5));
        take(records(1, 0, 5));
        take(records(1, 5, 2));
        take(records(0, 5, 2));
        log.release();
        pipeline.forget(Set.of(new TopicPartition("t", 0)));
        assertThatThrownBy(pipeline::makeRoom).isInstanceOf(SQLTransientException.class);
        pipeline.flush();
        log.assertInOrderAndOnce(1, 7);
        assertThat(log.written()).noneMatch(record -> record.kafkaPartition() == 0);
    }

    @Test
    void anInterruptIsKept() throws Exception {
        log.hold();
        take(records(0, 0, ROWS));
        Thread.currentThread().interrupt();
        assertThatThrownBy(pipeline::flush).isInstanceOf(ConnectException.class).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        log.release();
    }

    /** Any history of failures, revocations and flushes: nothing is lost, repeated, out of order or written in twos. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyHistoryKeepsTheInvariants(long seed) throws Exception {
        Random random = new Random(seed);
        log.failAtRandom(new Random(seed + 1_000));
        long[] next = new long[3];
        for (int step = 0; step < 2_000; step++) {
            int partition = random.nextInt(next.length);
            int count = random.nextInt(2 * ROWS);
            try {
                switch (random.nextInt(12)) {
                    case 0 -> pipeline.flush();
                    case 1 -> pipeline.settle();
                    case 3, 4 -> {
                        pipeline.makeRoomAndSettle();
                        pipeline.add(records(partition, next[partition], ROWS + count));
                        next[partition] += ROWS + count;
                    }
                    case 2 -> {
                        pipeline.forget(Set.of(new TopicPartition("t", partition)));
                        next[partition] = log.next(partition); // the next owner reads on from the table
                    }
                    default -> {
                        take(records(partition, next[partition], count));
                        next[partition] += count;
                    }
                }
            } catch (SQLTransientException again) {
                assertThat(pipeline.isEmpty())
                        .as("seed %d, step %d", seed, step)
                        .isFalse();
            }
        }
        log.failAtRandom(null);
        flushTwice();
        for (int partition = 0; partition < next.length; partition++) {
            log.assertInOrderAndOnce(partition, next[partition]);
        }
        log.assertOneAtATime();
    }

    /** The first call may tell of a failure that is past. */
    private void flushTwice() throws SQLException {
        try {
            pipeline.flush();
        } catch (SQLTransientException again) {
            pipeline.flush();
        }
    }
}
