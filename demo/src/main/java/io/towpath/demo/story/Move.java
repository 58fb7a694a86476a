package io.towpath.demo.story;

import io.towpath.demo.stack.TwoClusters;
import io.towpath.local.Topics;
import io.towpath.migration.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * The story goes on: while the shop and an application write, everything moves from dc1 to dc2, back, and there again,
 * with its connectors and its consumer groups; then the migration is finished.
 *
 * <p>Always: every acknowledged record is on both clusters exactly once, every group is given each record once, rows and
 * activities are exactly once.
 */
final class Move implements AutoCloseable {

    private static final int PARTITIONS = 3;
    private static final int BEFORE = 12_500;
    private static final int READ_BEFORE = 2_000;
    private static final int READ_BETWEEN = 1_500;
    private static final Patience STAY = new Patience(Duration.ZERO, Duration.ofSeconds(3));

    private final Story story;
    private final TwoClusters servers;
    private final Progress progress;
    private final Clicks clicks;
    private final ClickReader slow = new ClickReader("clicks-slow");
    private final ClickReader idle = new ClickReader("clicks-idle");
    private TopicTail dc1;
    private TopicTail dc2;

    Move(Story story, TwoClusters servers, Progress progress) {
        this.story = story;
        this.servers = servers;
        this.progress = progress;
        this.clicks = new Clicks(story.clicksAddress());
    }

    private String one() {
        return servers.dc1().bootstrapServers();
    }

    private String two() {
        return servers.dc2().bootstrapServers();
    }

    /** An application with a past: a topic, a group that lags by more than 10,000 and one that has read all. */
    void prepare() throws ExecutionException, InterruptedException {
        Topics.create(Map.of("bootstrap.servers", one()), Clicks.TOPIC, PARTITIONS);
        clicks.burst(one(), BEFORE);
        slow.begin(one(), READ_BEFORE);
        idle.begin(one(), BEFORE);
        progress.say(
                "clicks: %,d written to dc1; group %s lags by %,d, group %s has read all",
                clicks.count(), slow.group(), clicks.count() - slow.seen().size(), idle.group());
    }

    /** There, back, and there again, under traffic; then the end. */
    Outcome tell(Workload.Size size, Duration patience) throws IOException, SQLException, InterruptedException {
        dc1 = new TopicTail(servers.dc1().login("reader"), Clicks.TOPIC);
        dc2 = new TopicTail(servers.dc2().login("reader"), Clicks.TOPIC);
        Files.writeString(story.clicksAddress(), one());
        try (Workload workload = story.workload(size)) {
            workload.start();
            clicks.start();
            stay();
            switched("cutover");
            slow.read(two(), READ_BETWEEN);
            say(TowpathCommand.must("status", "-f", story.migration().toString()));
            stay();
            switched("rollback");
            slow.read(one(), READ_BETWEEN);
            stay();
            switched("cutover");
            stay();
            workload.await();
            progress.say("the shop is quiet after %,d transactions", workload.transactions());
        }
        clicks.stop();
        story.settle(patience);
        settle(patience);
        TowpathCommand proof =
                TowpathCommand.run("status", "-f", story.migration().toString(), "--prove");
        say(proof);
        TowpathCommand finish =
                TowpathCommand.run("finish", "-f", story.migration().toString());
        say(finish);
        slow.read(two(), clicks.count() - slow.seen().size());
        idle.read(two(), clicks.count() - idle.seen().size());
        return story.outcome(stations(), new TowpathCommand(finish.exitCode(), audit(finish)));
    }

    private void stay() throws SQLException {
        STAY.pause();
        story.show();
    }

    private void switched(String verb) {
        long begun = System.nanoTime();
        TowpathCommand command =
                TowpathCommand.must(verb, "-f", story.migration().toString());
        progress.say("%s, after %.1f s, under traffic", command.lastLine(), (System.nanoTime() - begun) / 1e9);
    }

    private void say(TowpathCommand command) {
        command.output().lines().forEach(line -> progress.out().println("        " + line));
    }

    /** Both clusters hold every click, or nothing has come for a while. */
    private void settle(Duration patience) throws SQLException {
        new Waiting(patience)
                .until(
                        "every click on both clusters",
                        () -> dc1.count() >= clicks.count() && dc2.count() >= clicks.count());
    }

    private static String audit(TowpathCommand finish) {
        return finish.output()
                .lines()
                .filter(line -> line.startsWith("last audit: "))
                .findFirst()
                .orElseGet(finish::lastLine);
    }

    private List<Station> stations() {
        List<Deed> ledger = clicks.ledger();
        List<Sighting> first = dc1.seen();
        return Stream.of(
                        Station.ordered("dc1: clicks", ledger, first, first),
                        Station.ordered("dc2: clicks", ledger, dc2.seen(), first),
                        Station.ordered(read(slow), ledger, slow.seen(), first),
                        Station.ordered(read(idle), ledger, idle.seen(), first))
                .toList();
    }

    private static String read(ClickReader reader) {
        return String.format(Locale.ROOT, "%s: read", reader.group());
    }

    @Override
    public void close() {
        clicks.close();
        Stream.of(dc1, dc2).filter(tail -> tail != null).forEach(TopicTail::close);
    }
}
