package io.towpath.jdbc.refuse;

import io.towpath.jdbc.config.ErrorConfig;
import io.towpath.jdbc.config.PoisonKey;
import io.towpath.jdbc.row.RowOp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;

/**
 * Hands refused records to the framework's dead-letter queue and waits until they are there: so a record is never lost
 * between the queue and the commit, though it may be in the queue twice.
 */
public final class DeadLetters {
    private static final int ALWAYS_BEARABLE = 10;
    private static final int REMEMBERED = 1_000;

    private final ErrorConfig config;
    private final ErrantRecordReporter reporter;
    private final Duration longestWait;
    private int lately;
    private int latelyRefused;
    private int batch;
    private int batchRefused;

    /**
     * Where refused records go.
     *
     * @param reporter null when the connector has no dead-letter queue
     * @param longestWait how long the queue may take for the letters of a batch
     */
    public DeadLetters(ErrorConfig config, ErrantRecordReporter reporter, Duration longestWait) {
        this.config = config;
        this.reporter = reporter;
        this.longestWait = longestWait;
    }

    /**
     * Stops a batch of which too much is refused, or with which too much of the last thousand records is: then it is not
     * the records that are wrong.
     *
     * @throws ConnectException with the first refusal's reason
     */
    public void bear(List<Refused> refused, int records) {
        batch = records;
        batchRefused = refused.size();
        if (refused.isEmpty()) {
            return;
        }
        Refused first = refused.get(0);
        if (reporter == null || config.poisonKey() == PoisonKey.STOP) {
            throw new ConnectException(
                    first.reason().getMessage() + ": set errors.tolerance=all and a dead-letter queue to go on without"
                            + " such records",
                    first.reason());
        }
        mustBeBearable(refused.size(), records, first);
        mustBeBearable(latelyRefused + refused.size(), lately + records, first);
    }

    private void mustBeBearable(int refused, int records, Refused first) {
        if (refused > Math.max(ALWAYS_BEARABLE, (long) records * config.limitPercent() / 100)) {
            throw new ConnectException(
                    refused + " of " + records + " records are refused, more than " + ErrorConfig.LIMIT_PERCENT + "="
                            + config.limitPercent() + " allows; the first of this batch: "
                            + first.reason().getMessage(),
                    first.reason());
        }
    }

    /** The batch of the last {@link #bear} is committed. Older ones count half with each thousand records. */
    public void committed() {
        lately += batch;
        latelyRefused += batchRefused;
        while (lately > REMEMBERED) {
            lately /= 2;
            latelyRefused /= 2;
        }
    }

    /**
     * Returns when every refused record is in the queue. The queue's producer blocks without limit where its topic is
     * gone, so a thread of its own hands the records over.
     *
     * @throws ConnectException when one is not
     */
    public void report(List<Refused> refused) {
        if (refused.isEmpty()) {
            return;
        }
        if (reporter == null) {
            throw new ConnectException(
                    refused.get(0).reason().getMessage() + ": there is no dead-letter queue any more");
        }
        FutureTask<Void> sending = new FutureTask<>(() -> send(refused), null);
        Thread thread = new Thread(sending, Thread.currentThread().getName() + "-letters");
        thread.setDaemon(true);
        thread.start();
        String where = RowOp.where(refused.get(0).record());
        try {
            sending.get(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ConnectException("interrupted before " + where + " was dead-lettered", interrupted);
        } catch (TimeoutException late) {
            throw new ConnectException(
                    where + " could not be dead-lettered within " + longestWait.toSeconds()
                            + " s, nothing is committed: is the dead-letter queue's topic still there?",
                    late);
        } catch (ExecutionException failure) {
            throw new ConnectException(failure.getCause().getMessage(), failure.getCause());
        } finally {
            sending.cancel(true);
        }
    }

    private void send(List<Refused> refused) {
        List<Future<Void>> reports = new ArrayList<>();
        for (Refused one : refused) {
            reports.add(sent(one));
        }
        for (int i = 0; i < reports.size(); i++) {
            await(reports.get(i), RowOp.where(refused.get(i).record()));
        }
    }

    /**
     * A report that is already done proves nothing: of a letter that the producer refuses at once the framework
     * (RetryWithToleranceOperator.report, 4.3) keeps no failure. One that is done twice was refused.
     */
    private Future<Void> sent(Refused one) {
        for (int attempt = 0; attempt < 2; attempt++) {
            Future<Void> report = reporter.report(one.record(), one.reason());
            if (!report.isDone()) {
                return report;
            }
        }
        throw new ConnectException(RowOp.where(one.record())
                + " is perhaps not in the dead-letter queue, nothing is committed: it is larger than"
                + " producer.override.max.request.size allows, or the worker has no right on the queue's topic"
                + " (its log says which); the record was refused because of: "
                + one.reason().getMessage());
    }

    private static void await(Future<Void> report, String where) {
        try {
            report.get();
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            throw new ConnectException("interrupted before " + where + " was dead-lettered", givenUp);
        } catch (ExecutionException failure) {
            throw new ConnectException(where + " could not be dead-lettered: nothing is committed", failure);
        }
    }
}
