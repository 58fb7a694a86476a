package io.towpath.demo.story;

import io.towpath.demo.stack.ComposeServers;
import io.towpath.demo.stack.TwoClusters;
import io.towpath.local.ConnectWorker;
import io.towpath.migration.BadInput;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The story, in order: prepare, connect, work (a worker dies meanwhile), settle, prove, compare. Every part is what a team
 * would use: connectors by Connect's REST API, the mirror and the proof by the {@code towpath} command.
 */
final class Story implements AutoCloseable {

    static final String TOPIC = "activity";
    /** Where capture keeps what actors allow. */
    static final String CONSENT = "towpath-shop-activity-consent";

    static final String PROGRESS = "towpath-shop-activity-progress";

    /** The migration of the default telling, and of the one that goes on to move everything. */
    static final String MIRRORED = "migration.yaml";

    static final String MOVED = "move.yaml";
    private final TwoClusters servers;
    private final Progress progress;
    private final Premises premises;
    private final List<Database> shops;
    private final Database warehouse;
    private TopicTail dc1;
    private TopicTail dc2;
    private Counts counts;

    Story(TwoClusters servers, Path directory, Progress progress) {
        this(servers, directory, progress, MIRRORED);
    }

    /** {@code migration}: {@link #MIRRORED} or, on open clusters, {@link #MOVED}. */
    Story(TwoClusters servers, Path directory, Progress progress, String migration) {
        this(servers, new Premises(servers, directory, migration), progress);
    }

    private Story(TwoClusters servers, Premises premises, Progress progress) {
        this.servers = servers;
        this.progress = progress;
        this.premises = premises;
        this.shops = premises.shops();
        this.warehouse = premises.warehouse();
    }

    /** On the servers of {@code docker-compose.yml}, to be begun by {@link #join}. */
    static Story inContainers(Path directory, Progress progress) {
        TwoClusters servers = ComposeServers.all();
        Pseudonyms names = Pseudonyms.inContainers(ComposeServers.pseudonymSecret());
        return new Story(servers, new Premises(servers, directory, MIRRORED, names), progress);
    }

    /** Where {@link #connect} left the file that {@code towpath verify -f} takes. */
    Path migration() {
        return premises.migration();
    }

    /** The file that tells the clicks where to go. */
    Path clicksAddress() {
        return premises.clicksAddress();
    }

    /** Who plays on secured clusters, from {@link #connect} on. */
    Cast cast() {
        return premises.cast();
    }

    /** Databases, topic, connectors and mirror, up to the point where nothing that the shop does can be missed. */
    void connect() throws IOException, SQLException {
        premises.prepare();
        Path capture = premises.capture();
        Path sink = premises.sink();
        if (servers.secured()) {
            premises.letIn(capture, sink);
        }
        progress.say("capture: %s", apply(capture));
        premises.awaitSlots();
        progress.say("sink: %s", apply(sink));
        premises.awaitConsent();
        String plan = premises.migration("plan");
        // On secured clusters each side's rights are its administrator's business.
        TowpathCommand planned = servers.secured()
                ? TowpathCommand.must("plan", "-f", plan, "--apply", "--leave", "acls")
                : TowpathCommand.must("plan", "-f", plan, "--apply");
        progress.say("plan: %s", planned.lastLine());
        String mirror = premises.migration("mirror");
        progress.say("mirror: %s", TowpathCommand.must("mirror", "-f", mirror).lastLine());
        premises.migration("verify");
        premises.migration("switch");
        listen();
    }

    /**
     * Instead of {@link #connect}, where databases, topic, connectors and mirror are there already.
     *
     * @throws BadInput if a story was told on these servers before
     */
    void join() throws IOException, SQLException {
        for (Database shop : shops) {
            if (shop.number("select count(*) from customers") > 0) {
                throw new BadInput("the shop in the containers has been at work before; wanted: a fresh one, by"
                        + " docker compose down -v and docker compose up -d");
            }
            Workload.admitCustomers(shop);
        }
        premises.awaitSlots();
        premises.awaitConsent();
        premises.migration("verify");
        listen();
    }

    private void listen() {
        dc1 = new TopicTail(servers.dc1().login("reader"), TOPIC);
        dc2 = new TopicTail(servers.dc2().login("reader"), TOPIC);
        counts = new Counts(shops, warehouse, dc1, dc2);
    }

    private String apply(Path connector) {
        String worker = servers.applications().url().toString();
        return TowpathCommand.must("connect", "--url", worker, "apply", connector.toString())
                .lastLine();
    }

    /** Traffic on the shop's databases; at two fifths of it the worker that captures and stores dies, and comes back. */
    void work(Workload.Size size) throws SQLException, InterruptedException {
        try (Workload workload = new Workload(shops, size)) {
            workload.start();
            boolean killed = false;
            while (!workload.done()) {
                counts.show(progress);
                if (!killed && workload.transactions() >= size.transactions() * 2 / 5) {
                    killed = true;
                    killApplications();
                }
                Waiting.moment();
            }
            workload.await();
            if (!killed) {
                killApplications();
            }
            progress.say("the shop is quiet after %,d transactions", workload.transactions());
        }
    }

    private void killApplications() {
        ConnectWorker worker = servers.applications();
        progress.say("SIGKILL to worker %s (capture and sink), pid %d; starting it again", worker.name(), worker.pid());
        worker.kill();
        worker.start();
    }

    /**
     * Waits for every station, proves and compares.
     *
     * @param patience how long nothing may move before a station that lacks something counts as stuck
     */
    Outcome judge(Duration patience) throws SQLException {
        settle(patience);
        progress.say("verify: comparing every record of dc1 and dc2");
        TowpathCommand verify = TowpathCommand.run("verify", "-f", migration().toString());
        verify.output().lines().forEach(line -> progress.out().println("        " + line));
        return outcome(List.of(), verify);
    }

    /** Returns when every station has what the ledger says, or nothing has moved for {@code patience}. */
    void settle(Duration patience) throws SQLException {
        progress.say("waiting for every station");
        counts.settle(patience, progress);
    }

    /** What the stations hold now, and {@code more} of them; {@code proof}: a command whose last line is the proof. */
    Outcome outcome(List<Station> more, TowpathCommand proof) throws SQLException {
        Ledger ledger = Ledger.read(shops, premises.names());
        List<Sighting> first = dc1.seen();
        List<Station> stations = new ArrayList<>(List.of(
                Station.ordered("dc1: activities", ledger.told(), first, first),
                Station.of("warehouse: rows", ledger.kept(), Sighting.rows(warehouse), first),
                Station.ordered("dc2: mirrored records", ledger.told(), dc2.seen(), first)));
        stations.addAll(more);
        return new Outcome(Outcome.Changes.of(ledger), stations, proof.lastLine(), proof.exitCode() == 0);
    }

    /** Traffic on the shop's databases, to be started and awaited by whoever asks for it. */
    Workload workload(Workload.Size size) {
        return new Workload(shops, size);
    }

    List<Database> shops() {
        return shops;
    }

    /** How far every station is, from {@link #connect} on. */
    Counts counts() {
        return counts;
    }

    void show() throws SQLException {
        counts.show(progress);
    }

    @Override
    public void close() {
        if (dc1 != null) {
            dc1.close();
        }
        if (dc2 != null) {
            dc2.close();
        }
    }
}
