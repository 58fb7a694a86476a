package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import io.towpath.migration.connect.ConnectRest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** There and back again between real clusters: nothing lost, nothing twice, every group where it was. */
class SwitchIT {

    static final String QUICK = "switch: {delivery.timeout: 500ms, quiet: 700ms}\n";

    private static TwoClusters clusters;
    private static Writer dc1;

    @BeforeAll
    static void start() {
        clusters = TwoClusters.shared();
        dc1 = new Writer(clusters.dc1.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        dc1.close();
    }

    @Test
    void thereAndBackAndThereAgain() throws Exception {
        String one = clusters.dc1.bootstrapServers();
        String two = clusters.dc2.bootstrapServers();
        dc1.topic("round", 3, Map.of());
        Traffic traffic = new Traffic("round", 3, 42);
        traffic.write(one, 500);
        Readers readers = new Readers("round", 42);
        readers.commit(one, "far", 150);
        readers.commit(one, "near", 0);
        String file = clusters.migrationWith(QUICK, "round", List.of("round"), "far", "near");
        assertDone(CommandRun.of("plan", "-f", file, "--apply"));
        assertDone(CommandRun.of("mirror", "-f", file));
        assertThat(CommandRun.of("status", "-f", file).lastLine()).startsWith("next: towpath cutover");

        assertDone(CommandRun.of("cutover", "-f", file));
        readers.assertNextIsTheFirstNotCommitted(two);
        traffic.write(two, 300);
        readers.commit(two, "near", 20);
        CommandRun status = CommandRun.of("status", "-f", file);
        assertThat(status.out()).contains("round: dc2 is open").contains("safe to roll back");
        assertThat(status.lastLine()).startsWith("next: towpath finish");

        assertDone(CommandRun.of("rollback", "-f", file));
        traffic.assertOnBothExactlyOnce(one, two);
        readers.assertNextIsTheFirstNotCommitted(one);
        traffic.write(one, 300);
        readers.commit(one, "far", -1);

        assertDone(CommandRun.of("cutover", "-f", file));
        traffic.assertOnBothExactlyOnce(one, two);
        readers.assertNextIsTheFirstNotCommitted(two);
        traffic.write(two, 200);
        assertDone(CommandRun.of("finish", "-f", file));
        traffic.assertOnBothExactlyOnce(one, two);
        assertThat(new ConnectRest(clusters.worker.url()).connectors()).noneMatch(name -> name.startsWith("round-"));
        assertThat(CommandRun.of("status", "-f", file).lastLine()).isEqualTo("next: nothing; the migration is over");
        CommandRun over = CommandRun.of("rollback", "-f", file);
        assertThat(over.exit()).isEqualTo(Exit.DIFFER);
        assertThat(over.err()).contains("round is over (finished)");
    }

    /** Each switch is planned first, and makes exactly the calls that were planned. */
    @Test
    void topicsStampedByTheBrokerAndCompactedOnesGoThroughWithoutAFindingAsADryRunSaid() throws Exception {
        String one = clusters.dc1.bootstrapServers();
        String two = clusters.dc2.bootstrapServers();
        dc1.topic("stamped", 2, Map.of("message.timestamp.type", "LogAppendTime"));
        dc1.topic(
                "latest",
                2,
                Map.of("cleanup.policy", "compact", "segment.ms", "200", "min.cleanable.dirty.ratio", "0.01"));
        Traffic stamped = new Traffic("stamped", 2, 3);
        Traffic latest = new Traffic("latest", 2, 4);
        stamped.write(one, 100);
        latest.write(one, 300);
        new Readers("stamped", 3).commit(one, "special-group", 3);
        String hook = QUICK.replace("}", ", hooks: {before-freeze: \"true\", after-release: \"true\"}}");
        String file = clusters.migrationWith(hook, "special", List.of("stamped", "latest"), "special-group");
        assertDone(CommandRun.of("plan", "-f", file, "--apply"));
        assertDone(CommandRun.of("mirror", "-f", file));
        String open = one;
        for (String verb : List.of("cutover", "rollback", "cutover")) {
            CommandRun planned = CommandRun.of(verb, "-f", file, "--dry-run");
            assertDone(planned);
            CommandRun run = CommandRun.of(verb, "-f", file);
            assertDone(run);
            assertThat(run.out()).contains("set message.timestamp.type=LogAppendTime of [stamped]");
            assertMadeAsPlanned(verb, planned, run);
            open = open.equals(one) ? two : one;
            stamped.write(open, 50);
            latest.write(open, 200);
        }
        assertDone(CommandRun.of("finish", "-f", file));
        stamped.assertOnBothExactlyOnce(one, two);
        latest.assertLatestPerKeyOnBoth(one, two);
    }

    private static void assertMadeAsPlanned(String verb, CommandRun planned, CommandRun made) {
        List<String> told = made.out()
                .lines()
                .filter(line -> !line.startsWith("ready: ") && !line.startsWith(verb + ": "))
                .filter(line -> !line.contains(" stands still, by ") && !line.startsWith("  Match of "))
                .toList();
        List<String> plan = planned.out().lines().toList();
        assertThat(told).as(verb).hasSameSizeAs(plan);
        for (int i = 0; i < plan.size(); i++) {
            assertThat(told.get(i)).as(verb).matches("\\Q" + plan.get(i).replaceAll("<[^>]+>", "\\\\E.+\\\\Q") + "\\E");
        }
    }

    @Test
    void ofTwoOperatorsOneWinsAndTheOtherStopsInWords() throws Exception {
        dc1.topic("twice", 2, Map.of());
        Traffic traffic = new Traffic("twice", 2, 5);
        traffic.write(clusters.dc1.bootstrapServers(), 200);
        String file = clusters.migrationWith(QUICK, "twice", List.of("twice"));
        assertDone(CommandRun.of("plan", "-f", file, "--apply"));
        assertDone(CommandRun.of("mirror", "-f", file));
        CompletableFuture<CommandRun> first = CompletableFuture.supplyAsync(() -> CommandRun.of("cutover", "-f", file));
        CompletableFuture<CommandRun> second =
                CompletableFuture.supplyAsync(() -> CommandRun.of("cutover", "-f", file));
        List<CommandRun> both = List.of(first.get(3, TimeUnit.MINUTES), second.get(3, TimeUnit.MINUTES));
        String said = both.toString();
        assertThat(both).as(said).filteredOn(run -> run.exit() == Exit.DONE).hasSize(1);
        assertThat(both)
                .as(said)
                .filteredOn(run -> run.exit() == Exit.STOPPED)
                .singleElement()
                .satisfies(run ->
                        assertThat(run.err()).contains("another run of twice has taken over; this one stops here"));
        assertDone(CommandRun.of("rollback", "-f", file));
        traffic.assertOnBothExactlyOnce(clusters.dc1.bootstrapServers(), clusters.dc2.bootstrapServers());
    }

    @Test
    void aWriterThatGoesOnStopsTheFreezeAndEverythingIsUndone() throws Exception {
        String one = clusters.dc1.bootstrapServers();
        dc1.topic("restless", 1, Map.of());
        Traffic traffic = new Traffic("restless", 1, 6);
        traffic.write(one, 50);
        String file = clusters.migrationWith(
                "switch: {delivery.timeout: 500ms, quiet: 2500ms}\n", "restless", List.of("restless"));
        assertDone(CommandRun.of("plan", "-f", file, "--apply"));
        assertDone(CommandRun.of("mirror", "-f", file));
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                traffic.writeUnchecked(one, 5);
            }
        });
        CommandRun refused = CommandRun.of("cutover", "-f", file, "--timeout", "8");
        stop.set(true);
        writing.get(1, TimeUnit.MINUTES);
        assertThat(refused.exit()).as(refused.err()).isEqualTo(Exit.DIFFER);
        assertThat(refused.err())
                .containsAnyOf(
                        "dc1 does not stand still; stop the writers: restless-0",
                        "dc1 has taken records since it was frozen: restless-0") // a writer may pause that long
                .contains("(all is undone)");
        assertDone(CommandRun.of("cutover", "-f", file));
        traffic.write(clusters.dc2.bootstrapServers(), 30);
        assertDone(CommandRun.of("rollback", "-f", file));
        traffic.assertOnBothExactlyOnce(one, clusters.dc2.bootstrapServers());
    }

    @Test
    void whatCannotBeComparedStopsASwitchAndAFinishUntilItIsAccepted() throws Exception {
        dc1.topic("thin", 1, Map.of());
        dc1.plain("thin", 0, 0, 100);
        String file = clusters.migrationWith(QUICK, "thin", List.of("thin"));
        assertDone(CommandRun.of("plan", "-f", file, "--apply"));
        assertDone(CommandRun.of("mirror", "-f", file, "--watch", "--until-copied"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", clusters.dc1.bootstrapServers()))) {
            admin.deleteRecords(Map.of(new TopicPartition("thin", 0), RecordsToDelete.beforeOffset(20)))
                    .all()
                    .get();
        }
        CommandRun refused = CommandRun.of("cutover", "-f", file);
        assertThat(refused.exit()).isEqualTo(Exit.DIFFER);
        assertThat(refused.err()).contains("Match of 80.0 %").contains("wanted: at least 100.0 % (switch.coverage)");

        String accepting = QUICK.replace("}", ", coverage: 79.5}");
        clusters.migrationWith(accepting, "thin", List.of("thin"));
        assertDone(CommandRun.of("cutover", "-f", file));
        clusters.migrationWith(QUICK, "thin", List.of("thin"));
        CommandRun unfinished = CommandRun.of("finish", "-f", file);
        assertThat(unfinished.exit()).isEqualTo(Exit.DIFFER);
        assertThat(unfinished.err()).contains("wanted: at least 100.0 % (switch.coverage)");
        clusters.migrationWith(accepting, "thin", List.of("thin"));
        assertDone(CommandRun.of("finish", "-f", file));
    }

    static void assertDone(CommandRun run) {
        assertThat(run.exit()).as("%s%n%s", run.out(), run.err()).isEqualTo(Exit.DONE);
    }
}
