package io.towpath.jdbc.refuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.jdbc.config.ErrorConfig;
import io.towpath.jdbc.config.PoisonKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeadLettersTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Future<Void> DONE = CompletableFuture.completedFuture(null);

    private static DeadLetters letters(ErrantRecordReporter reporter, Duration longest) {
        return new DeadLetters(new ErrorConfig(PoisonKey.CONTINUE, 20), reporter, longest);
    }

    @Test
    void aSlowTopicOfBadRecordsAloneIsNotCarriedOverTenByTen() {
        DeadLetters letters = letters((record, reason) -> DONE, LONG);
        for (int i = 0; i < 10; i++) {
            letters.bear(refused(), 1);
            letters.committed();
        }
        assertThatThrownBy(() -> letters.bear(refused(), 1))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("11 of 11 records are refused, more than refused.limit.percent=20 allows");
    }

    @Test
    void aBatchThatWasNotCommittedCountsOnce() {
        DeadLetters letters = letters((record, reason) -> DONE, LONG);
        for (int i = 0; i < 50; i++) {
            letters.bear(refused(), 1);
        }
    }

    @Test
    void fewBadRecordsAmongManyAreBorneForEver() {
        DeadLetters letters = letters((record, reason) -> DONE, LONG);
        for (int i = 0; i < 10_000; i++) {
            letters.bear(i % 10 == 0 ? refused() : List.of(), 1);
            letters.committed();
        }
    }

    @Test
    void whatWasGoodLongAgoDoesNotPayForALotOfBadRecords() {
        DeadLetters letters = letters((record, reason) -> DONE, LONG);
        letters.bear(List.of(), 1_000_000);
        letters.committed();
        AtomicInteger carriedOver = new AtomicInteger();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        letters.bear(refused(), 1);
                        letters.committed();
                        carriedOver.incrementAndGet();
                    }
                })
                .isInstanceOf(ConnectException.class);
        assertThat(carriedOver.get()).isBetween(100, 250);
    }

    private static List<Refused> refused() {
        SinkRecord record = new SinkRecord("events", 0, null, null, null, "private", 7);
        return List.of(new Refused(record, new DataException("too long, events-0@7")));
    }

    @Test
    void aReportThatIsDoneAtOnceIsRepeatedAndThenNotBelieved() {
        AtomicInteger reports = new AtomicInteger();
        DeadLetters letters = letters(
                (record, reason) -> {
                    reports.incrementAndGet();
                    return DONE;
                },
                LONG);
        assertThatThrownBy(() -> letters.report(refused()))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("events-0@7 is perhaps not in the dead-letter queue, nothing is committed")
                .hasMessageContaining("producer.override.max.request.size")
                .hasMessageNotContaining("private");
        assertThat(reports).hasValue(2);
    }

    @Test
    void aLetterThatArrivedBeforeAnybodyLookedIsSentTwiceAndNotLost() {
        AtomicInteger reports = new AtomicInteger();
        letters(
                        (record, reason) -> reports.getAndIncrement() == 0
                                ? DONE
                                : CompletableFuture.supplyAsync(
                                        () -> null,
                                        CompletableFuture.delayedExecutor(1, java.util.concurrent.TimeUnit.SECONDS)),
                        LONG)
                .report(refused());
        assertThat(reports).hasValue(2);
    }

    @Test
    @Timeout(30)
    void aReportThatBlocksStopsTheTaskAndItsThreadEnds() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        DeadLetters letters = letters(
                (record, reason) -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException given) {
                        interrupted.set(true);
                        Thread.currentThread().interrupt();
                    }
                    ended.countDown();
                    return DONE;
                },
                Duration.ofMillis(200));
        assertThatThrownBy(() -> letters.report(refused()))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("events-0@7 could not be dead-lettered within")
                .hasMessageContaining("topic");
        ended.await();
        assertThat(interrupted).isTrue();
    }
}
