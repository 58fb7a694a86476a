package io.towpath.capture.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.capture.config.ConsentConfig;
import io.towpath.capture.consent.ConsentLedger.Entry;
import io.towpath.local.TrialSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentLedgerTest {

    private static final List<ActorName> ADA = List.of(new ActorName(null, "ada"));
    private static final String ACTIVITY = "activity";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void aReplayFromAnyKeptPositionDecidesByTheLogAlone(long seed) {
        Random random = new Random(seed);
        boolean allow = random.nextBoolean();
        ConsentHistory history = ConsentHistory.random(random, 200);
        Map<String, Entry> store = new HashMap<>();
        ConsentLedger ledger = new ConsentLedger(config(allow, 100), List.of());
        int kept = 0;
        int next = 0;
        for (int step = 0; step < 400; step++) {
            if (next == history.transactions.size() || random.nextInt(40) == 0) {
                next = kept + random.nextInt(next - kept + 1); // a crash: the topic may know more than the offset
                ledger = new ConsentLedger(config(allow, 100), new ArrayList<>(store.values()));
                ledger.floor(history.behind(kept));
                continue;
            }
            List<Decision> decisions = history.read(ledger, next, store);
            assertByTheLogAlone(decisions, history.truth(next), allow, "seed " + seed + " step " + step);
            next++;
            if (random.nextInt(10) == 0) {
                kept += random.nextInt(next - kept + 1);
                ledger.floor(history.behind(kept));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aReplayFromBeforeTheKeptPositionsLetsNothingPassThatWasRefused(long seed) {
        Random random = new Random(seed);
        ConsentHistory history = ConsentHistory.random(random, 200);
        Map<String, Entry> store = new HashMap<>();
        ConsentLedger ledger = new ConsentLedger(config(true, 100), List.of());
        for (int i = 0; i < history.transactions.size(); i++) {
            history.read(ledger, i, store);
            ledger.floor(history.behind(i));
        }
        int forgotten = 0;
        for (int from = 0; from < history.transactions.size(); from += 17) {
            ConsentLedger replay = new ConsentLedger(config(true, 100), new ArrayList<>(store.values()));
            for (int i = from; i < history.transactions.size(); i++) {
                List<Verdict> truth = history.truth(i);
                List<Decision> decisions = history.read(replay, i, new HashMap<>());
                for (int deed = 0; deed < truth.size(); deed++) {
                    boolean refused = truth.get(deed) == Verdict.DENIED;
                    assertThat(refused && decisions.get(deed).reason().kept())
                            .as("seed %d from %d at %d", seed, from, i)
                            .isFalse();
                    forgotten += decisions.get(deed).reason() == Reason.FORGOTTEN ? 1 : 0;
                }
            }
        }
        assertThat(forgotten).as("the test reaches what is forgotten").isPositive();
    }

    @Test
    void whatATransactionSaysHoldsForItsOwnRestAndIsKeptOnlyOnceItHasEnded() {
        ConsentLedger ledger = new ConsentLedger(config(true, 100), List.of());

        ledger.begin(10);
        ledger.say(ADA, ACTIVITY, Verdict.DENIED, null);
        assertThat(ledger.decide(ADA, ACTIVITY).reason()).isEqualTo(Reason.OPTED_OUT);
        ledger.begin(10); // the connection broke: the transaction is read again
        assertThat(ledger.decide(ADA, ACTIVITY).reason()).isEqualTo(Reason.ALLOWED_BY_DEFAULT);
        assertThat(ledger.end(20)).isEmpty();
    }

    @Test
    void anotherCategoryIsAnotherQuestion() {
        ConsentLedger ledger = new ConsentLedger(config(false, 100), List.of());
        ledger.begin(10);
        ledger.say(ADA, ACTIVITY, Verdict.ALLOWED, Instant.EPOCH);
        ledger.end(20);

        ledger.begin(20);
        assertThat(ledger.decide(ADA, ACTIVITY))
                .isEqualTo(new Decision(Reason.ALLOWED, new Statement(20, Verdict.ALLOWED, Instant.EPOCH)));
        assertThat(ledger.decide(ADA, "ads").reason()).isEqualTo(Reason.UNKNOWN);
        assertThat(ledger.decide(List.of(), ACTIVITY).reason()).isEqualTo(Reason.NO_ACTOR);
    }

    @Test
    void afterARotationTheOldNameIsFoundAndTheNextWordMovesItToTheNewest() {
        ActorName old = new ActorName("k1", "k1.x");
        ActorName newest = new ActorName("k2", "k2.y");
        ConsentLedger ledger = new ConsentLedger(config(true, 100), List.of());
        ledger.begin(10);
        ledger.say(List.of(old), ACTIVITY, Verdict.DENIED, null);
        List<Entry> stored = ledger.end(20);

        ConsentLedger rotated = new ConsentLedger(config(true, 100), stored);
        rotated.begin(20);
        assertThat(rotated.decide(List.of(newest, old), ACTIVITY).reason()).isEqualTo(Reason.OPTED_OUT);
        rotated.say(List.of(newest, old), ACTIVITY, Verdict.ALLOWED, null);
        List<Entry> moved = rotated.end(30);

        assertThat(moved).extracting(Entry::name).containsExactly(old, newest);
        assertThat(moved.get(0).said()).isEmpty();
        rotated.begin(20);
        assertThat(rotated.decide(List.of(newest), ACTIVITY).reason()).isEqualTo(Reason.OPTED_OUT);
        assertThat(rotated.size()).isEqualTo(1);
        rotated.say(List.of(newest, old), ACTIVITY, Verdict.ALLOWED, null); // the unit was lost, and is read again
        assertThat(rotated.end(30)).extracting(Entry::name).containsExactly(old, newest);
    }

    @Test
    void oneWhoChangesTheirMindAllDayIsKeptInBoundsAndRefusedWhereForgotten() {
        ConsentLedger ledger = new ConsentLedger(config(true, 100), List.of());
        for (int i = 1; i <= 1_000; i++) {
            ledger.begin(10L * (i - 1));
            ledger.say(ADA, ACTIVITY, i % 2 == 0 ? Verdict.ALLOWED : Verdict.DENIED, null);
            List<Entry> stored = ledger.end(10L * i);
            assertThat(stored.get(0).said().get(ACTIVITY).all()).hasSizeLessThanOrEqualTo(Statements.MOST + 1);
        }

        ledger.begin(200);
        assertThat(ledger.decide(ADA, ACTIVITY).reason()).isEqualTo(Reason.FORGOTTEN);
        ledger.begin(10_000);
        assertThat(ledger.decide(ADA, ACTIVITY).reason()).isEqualTo(Reason.ALLOWED);
    }

    @Test
    void moreActorsThanAllowedStopItRatherThanAGuess() {
        ConsentLedger ledger = new ConsentLedger(config(true, 1), List.of());
        ledger.begin(10);
        ledger.say(ADA, ACTIVITY, Verdict.DENIED, null);
        ledger.say(List.of(new ActorName(null, "bob")), ACTIVITY, Verdict.DENIED, null);

        assertThatThrownBy(() -> ledger.end(20))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("consent.max.actors")
                .hasMessageNotContaining("bob");
    }

    @Test
    void anActorTakesAboutAsMuchMemoryAsTheDocsSay() {
        int actors = 200_000;
        long before = used();
        ConsentLedger ledger = new ConsentLedger(config(true, actors), List.of());
        ledger.begin(10);
        for (int i = 0; i < actors; i++) {
            String pseudonym = "k1." + String.format("%043d", i); // as long as a pseudonym is
            ledger.say(List.of(new ActorName("k1", pseudonym)), ACTIVITY, Verdict.DENIED, null);
        }
        ledger.end(20);

        long each = (used() - before) / actors;
        assertThat(ledger.size()).isEqualTo(actors);
        assertThat(each).as("bytes of heap for each actor").isBetween(50L, 330L);
        TrialSize.figure("consent bytes per actor", each);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void assertByTheLogAlone(
            List<Decision> decisions, List<Verdict> truth, boolean allow, String where) {
        List<Reason> expected = new ArrayList<>();
        for (Verdict verdict : truth) {
            expected.add(
                    verdict == Verdict.ALLOWED
                            ? Reason.ALLOWED
                            : verdict == Verdict.DENIED
                                    ? Reason.OPTED_OUT
                                    : allow ? Reason.ALLOWED_BY_DEFAULT : Reason.UNKNOWN);
        }
        assertThat(decisions).as(where).extracting(Decision::reason).containsExactlyElementsOf(expected);
    }

    static ConsentConfig config(boolean allow, int most) {
        return new ConsentConfig(
                Map.of("shop", "public.consent"),
                new ConsentConfig.Columns("actor", "category", "allowed", "changed_at"),
                ACTIVITY,
                allow,
                "towpath-shop-consent",
                Map.of(),
                most);
    }
}
