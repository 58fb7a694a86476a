package io.towpath.capture.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.capture.consent.ConsentLedger.Entry;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

/** Consent outlives the log in which it was said. */
class MovedLogTest {

    private static final ActorName ADA = new ActorName(null, "ada");
    private static final List<ActorName> NAMES = List.of(ADA);
    private static final String ACTIVITY = "activity";

    /** In log 1: allowed at 400, denied at 500. */
    private static final Entry STORED = new Entry(
            ADA,
            "1",
            Map.of(
                    ACTIVITY,
                    Statements.of(List.of(
                            new Statement(400, Verdict.ALLOWED, null), new Statement(500, Verdict.DENIED, null)))));

    @Test
    void anOptOutHoldsInTheLogOfAnotherServerFromItsBeginningOn() {
        ConsentLedger ledger = opened("2", 1_000);

        assertThat(at(ledger, 20)).isEqualTo(Reason.OPTED_OUT);
        assertThat(at(ledger, 450)).isEqualTo(Reason.OPTED_OUT);
    }

    @Test
    void anOptOutHoldsInALogThatWasBegunAnewAndIsStoredSo() {
        ConsentLedger ledger = opened("1", 30);

        assertThat(at(ledger, 20)).isEqualTo(Reason.OPTED_OUT);
        List<Entry> settled = ledger.end(40);
        assertThat(settled).singleElement().extracting(Entry::log).isEqualTo("1");
        assertThat(ledger.end(50)).isEmpty();

        ConsentLedger restarted = new ConsentLedger(ConsentLedgerTest.config(true, 100), settled);
        restarted.opened("1", 2_000);
        assertThat(at(restarted, 45)).isEqualTo(Reason.OPTED_OUT);
    }

    @Test
    void inItsOwnLogAReplayDecidesAsBefore() {
        ConsentLedger ledger = opened("1", 500);

        assertThat(at(ledger, 20)).isEqualTo(Reason.ALLOWED_BY_DEFAULT);
        assertThat(at(ledger, 450)).isEqualTo(Reason.ALLOWED);
        assertThat(at(ledger, 500)).isEqualTo(Reason.OPTED_OUT);
        assertThat(ledger.end(510)).isEmpty();
    }

    @Test
    void whatIsSaidAfterAMoveCountsMoreThanWhatWasSaidBefore() {
        ConsentLedger ledger = opened("2", 10);
        ledger.begin(20);
        ledger.say(NAMES, ACTIVITY, Verdict.ALLOWED, null);

        List<Entry> stored = ledger.end(30);

        assertThat(stored).singleElement().extracting(Entry::log).isEqualTo("2");
        assertThat(at(ledger, 30)).isEqualTo(Reason.ALLOWED);
        ledger.opened("2", 30);
        assertThat(at(ledger, 20)).isEqualTo(Reason.OPTED_OUT);
        assertThat(at(ledger, 30)).isEqualTo(Reason.ALLOWED);
    }

    @Test
    void aLogThatGoesBackIsRefused() {
        ConsentLedger ledger = opened("1", 500);
        ledger.begin(500);

        assertThatThrownBy(() -> ledger.end(499))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("gtid_strict_mode=ON");
    }

    private static ConsentLedger opened(String log, long end) {
        ConsentLedger ledger = new ConsentLedger(ConsentLedgerTest.config(true, 100), List.of(STORED));
        ledger.opened(log, end);
        return ledger;
    }

    private static Reason at(ConsentLedger ledger, long position) {
        ledger.begin(position);
        return ledger.decide(NAMES, ACTIVITY).reason();
    }
}
