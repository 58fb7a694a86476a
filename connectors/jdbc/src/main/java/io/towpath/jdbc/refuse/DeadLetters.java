package io.towpath.jdbc.refuse;

import io.towpath.jdbc.config.ErrorConfig;
import io.towpath.jdbc.config.PoisonKey;
import io.towpath.jdbc.row.RowOp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final ErrorConfig config;
    private final ErrantRecordReporter reporter;

    /**
     * Where refused records go.
     *
     * @param reporter null when the connector has neither a dead-letter queue nor an error log
     */
    public DeadLetters(ErrorConfig config, ErrantRecordReporter reporter) {
        this.config = config;
        this.reporter = reporter;
    }

    /**
     * Stops a batch of which too much is refused: then it is not the records that are wrong.
     *
     * @throws ConnectException with the first refusal's reason
     */
    public void bear(List<Refused> refused, int batch) {
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
        if (refused.size() > Math.max(ALWAYS_BEARABLE, batch * config.limitPercent() / 100)) {
            throw new ConnectException(
                    refused.size() + " of " + batch + " records are refused, more than " + ErrorConfig.LIMIT_PERCENT
                            + "=" + config.limitPercent() + " allows; the first: "
                            + first.reason().getMessage(),
                    first.reason());
        }
    }

    /**
     * Returns when every refused record is in the queue.
     *
     * @throws ConnectException when one is not
     */
    public void report(List<Refused> refused) {
        List<Future<Void>> reports = new ArrayList<>();
        for (Refused one : refused) {
            reports.add(reporter.report(one.record(), one.reason()));
        }
        for (int i = 0; i < reports.size(); i++) {
            await(reports.get(i), RowOp.where(refused.get(i).record()));
        }
    }

    private static void await(Future<Void> report, String where) {
        try {
            report.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ConnectException("interrupted before " + where + " was dead-lettered", interrupted);
        } catch (ExecutionException | TimeoutException failure) {
            throw new ConnectException(where + " could not be dead-lettered: nothing is committed", failure);
        }
    }
}
