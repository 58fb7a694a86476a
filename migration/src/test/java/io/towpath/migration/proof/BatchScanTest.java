package io.towpath.migration.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.proof.BatchScan.Content;
import org.junit.jupiter.api.Test;

/** Why an offset has no record, told from the batches around it. */
class BatchScanTest {

    private static final long MARKERS_SINCE = 1000;

    private final BatchScan scan = new BatchScan(0, MARKERS_SINCE);

    @Test
    void markersAndAbortedRecordsNeverHeldAReadableRecord() {
        scan.batch(0, 4, Content.RECORDS, true, 5);
        scan.batch(5, 5, Content.MARKER, true, 900);
        scan.batch(6, 8, Content.ABORTED, true, 5);
        scan.batch(9, 9, Content.MARKER, true, 900);
        assertThat(scan.vacancies().never().in(0, 10)).isEqualTo(5);
        assertThat(scan.vacancies().never().in(0, 6)).isEqualTo(1);
        assertThat(scan.vacancies().untold().in(0, 10)).isZero();
    }

    @Test
    void anOffsetInsideABatchLostARecordToCompaction() {
        scan.batch(0, 9, Content.RECORDS, true, 5);
        assertThat(scan.vacancies().never().in(0, 10)).isZero();
        assertThat(scan.vacancies().untold().in(0, 10)).isZero();
    }

    @Test
    void whereABatchIsGoneFromATransactionalLogAMarkerMayHaveStood() {
        scan.batch(3, 4, Content.RECORDS, true, 5);
        scan.batch(7, 9, Content.RECORDS, true, 5);
        assertThat(scan.vacancies().untold().in(0, 10)).isEqualTo(5);
        assertThat(scan.vacancies().untold().in(4, 6)).isEqualTo(1);
    }

    @Test
    void noMarkerIsGoneThatIsYoungerThanMarkersAreKept() {
        scan.batch(0, 0, Content.RECORDS, true, 5);
        scan.batch(1, 1, Content.MARKER, true, MARKERS_SINCE);
        scan.batch(7, 9, Content.RECORDS, true, 5);
        assertThat(scan.vacancies().untold().in(0, 10)).isZero();
    }

    @Test
    void aLogWithoutTransactionsLostRecordsAlone() {
        scan.batch(7, 9, Content.RECORDS, false, 5);
        assertThat(scan.vacancies().untold().in(0, 10)).isZero();
    }

    @Test
    void aLogThatWasNotSeenTellsNothing() {
        assertThat(Vacancies.unseen().untold().in(3, 10)).isEqualTo(7);
    }
}
