package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.capture.ActivityTopic.Seen;
import io.towpath.local.TrialSize;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The worker is killed again and again under load; a reader must not notice. */
@Tag("trial-capture")
@ExtendWith(CaptureStack.class)
class KillUnderLoadIT {

    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final TrialSize SIZE = TrialSize.current();
    private static final long SEED = SIZE.seed(4711);

    @Test
    void threeDatabasesComeOnceAndInOrderThoughTheWorkerIsKilledAndOneOfThemIsDownForAWhile() throws Exception {
        ShopDatabase killed = ShopDatabase.create("killed", CaptureStack.postgres());
        ShopDatabase branch = ShopDatabase.create("branch", CaptureStack.secondPostgres());
        ShopDatabase maria = ShopDatabase.create("maria", CaptureStack.mariaDb());
        int kills = SIZE.rounds(2, 10);
        KillTrial trial = new KillTrial(CaptureStack.worker(), "killed", SEED);
        try (ActivityTopic topic = new ActivityTopic("killed-activity")) {
            trial.start(KillTrial.config(killed, branch, maria));
            List<Workload> clients = trial.load(kills, branch, killed, maria);

            int expected = trial.assertEachOnce(clients, topic);
            TrialSize.figure("capture kills, exactly-once, three databases, seed " + SEED, kills);
            TrialSize.figure("capture activities, each once", expected);
        } finally {
            CaptureStack.rest().delete("killed");
        }
    }

    @Test
    void atLeastOnceMissesNothingAndARepeatHasTheSameId() throws Exception {
        ShopDatabase repeated = ShopDatabase.create("repeated", CaptureStack.postgres());
        ShopDatabase sister = ShopDatabase.create("sister", CaptureStack.mariaDb());
        int kills = SIZE.rounds(1, 3);
        KillTrial trial = new KillTrial(CaptureStack.plainWorker(), "repeated", SEED);
        try (ActivityTopic topic = new ActivityTopic("repeated-activity")) {
            Map<String, String> config = KillTrial.config(repeated, sister);
            config.put("delivery", "at-least-once");
            config.put("exactly.once.support", "requested");
            config.put("transaction.boundary", "poll");
            trial.start(config);
            Load load = new Load(SEED);
            load.begin(repeated);
            load.begin(sister);
            for (int kill = 0; kill < kills; kill++) {
                trial.killSoon();
            }

            Set<String> expected = new HashSet<>();
            load.end().forEach(client -> expected.addAll(client.expected()));
            await().atMost(LIMIT).until(() -> names(topic.read()).containsAll(expected));
            assertThat(names(topic.read())).as("nothing else").isEqualTo(expected);
            assertThat(topic.read().stream().map(Seen::id).distinct())
                    .as("one id for each activity, seed " + SEED)
                    .hasSameSizeAs(expected);
            TrialSize.figure("capture kills, at-least-once", kills);
            TrialSize.figure("capture activities", expected.size());
            TrialSize.figure("capture repeats", topic.read().size() - expected.size());
        } finally {
            CaptureStack.rest(CaptureStack.plainWorker()).delete("repeated");
        }
    }

    private static Set<String> names(List<Seen> seen) {
        return seen.stream().map(KillTrial::text).collect(Collectors.toSet());
    }
}
