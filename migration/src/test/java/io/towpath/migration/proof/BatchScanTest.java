package io.towpath.migration.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.proof.BatchScan.Batch;
import io.towpath.migration.proof.BatchScan.Content;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why an offset has no record, told from the batches around it. */
class BatchScanTest {

    private static final long MARKERS_SINCE = 1000;
    private static final long YOUNG = 2000;
    private static final long OLD = 900;

    @Test
    void markersAndAbortedRecordsNeverHeldAReadableRecord() {
        BatchScan scan = scan(new Span(0, 5), new Span(6, 9));
        records(scan, 0, 4);
        marker(scan, 5, Content.COMMIT_MARKER, OLD, 1);
        scan.batch(new Batch(6, 8, Content.ABORTED, true, 1, 5));
        marker(scan, 9, Content.ABORT_MARKER, OLD, 1);
        assertThat(scan.vacancies().never().in(0, 6)).isEqualTo(1);
        assertThat(scan.vacancies().never().in(6, 10)).isEqualTo(4);
        assertThat(scan.vacancies().untold().in(0, 10)).isZero();
    }

    @Test
    void anOffsetInsideABatchLostARecordToCompaction() {
        BatchScan scan = scan(new Span(0, 9));
        records(scan, 0, 9);
        assertThat(scan.vacancies().never().in(0, 10)).isZero();
        assertThat(scan.vacancies().untold().in(0, 10)).isZero();
    }

    @Test
    void whereABatchIsGoneFromATransactionalLogAMarkerMayHaveStood() {
        BatchScan scan = scan(new Span(0, 3), new Span(4, 9));
        records(scan, 3, 4);
        records(scan, 7, 9);
        assertThat(scan.vacancies().untold().in(0, 4)).isEqualTo(3);
        assertThat(scan.vacancies().untold().in(4, 10)).isEqualTo(2);
    }

    @Test
    void noMarkerIsGoneThatIsYoungerThanMarkersAreKept() {
        BatchScan scan = scan(new Span(0, 9));
        records(scan, 0, 0);
        marker(scan, 1, Content.COMMIT_MARKER, YOUNG, 1);
        records(scan, 7, 9);
        assertThat(scan.vacancies().untold().in(0, 10)).isZero();
    }

    @Test
    void theDataOfAnAbortedTransactionGoesAtOnceSoItsHoleTellsNothing() {
        BatchScan scan = scan(new Span(0, 6));
        records(scan, 0, 0);
        marker(scan, 1, Content.COMMIT_MARKER, YOUNG, 1);
        marker(scan, 7, Content.ABORT_MARKER, YOUNG, 1); // 2 to 6 were cleaned
        assertThat(scan.vacancies().untold().in(0, 7)).isEqualTo(5);
    }

    @Test
    void anAbortThatFollowsFarBehindIsWaitedForAndOneOfALaterTransactionSaysNothing() {
        BatchScan scan = scan(new Span(2, 6), new Span(9, 20));
        marker(scan, 1, Content.COMMIT_MARKER, YOUNG, 1);
        marker(scan, 7, Content.COMMIT_MARKER, YOUNG, 1);
        records(scan, 8, 8);
        records(scan, 15, 30);
        assertThat(scan.mayLearn()).isTrue();
        marker(scan, 31, Content.ABORT_MARKER, YOUNG, 1); // it began after its producer's marker at 7
        assertThat(scan.vacancies().untold().in(2, 7)).isZero();
        assertThat(scan.vacancies().untold().in(9, 21)).isEqualTo(6);
        marker(scan, 32, Content.ABORT_MARKER, YOUNG, 2); // whose producer may have begun anywhere
        assertThat(scan.vacancies().untold().in(2, 7)).isEqualTo(5);
        assertThat(scan.mayLearn()).isFalse();
    }

    @Test
    void aLogWithoutTransactionsLostRecordsAlone() {
        BatchScan scan = scan(new Span(0, 8));
        scan.batch(new Batch(7, 9, Content.RECORDS, false, -1, 5));
        assertThat(scan.vacancies().untold().in(0, 10)).isZero();
    }

    @Test
    void millionsOfMarkersTakeNoMemory() {
        BatchScan scan = scan(new Span(0, 10), new Span(20_000_000, 20_000_010));
        for (long offset = 0; offset < 20_000_020; offset += 2) {
            records(scan, offset, offset);
            marker(scan, offset + 1, Content.COMMIT_MARKER, YOUNG, 1);
        }
        assertThat(scan.vacancies().never().in(0, 11)).isEqualTo(5);
        assertThat(scan.vacancies().never().in(20_000_000, 20_000_011)).isEqualTo(5);
    }

    @Test
    void aLogThatWasNotSeenTellsNothing() {
        assertThat(Vacancies.unseen().untold().in(3, 10)).isEqualTo(7);
    }

    private static BatchScan scan(Span... places) {
        return new BatchScan(List.of(places), MARKERS_SINCE);
    }

    private static void records(BatchScan scan, long first, long last) {
        scan.batch(new Batch(first, last, Content.RECORDS, true, 1, 5));
    }

    private static void marker(BatchScan scan, long offset, Content content, long written, long producer) {
        scan.batch(new Batch(offset, offset, content, true, producer, written));
    }
}
