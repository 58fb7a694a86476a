package io.towpath.demo.story;

import io.towpath.demo.stack.TwoClusters;
import io.towpath.local.ConnectWorker;
import io.towpath.local.Topics;
import io.towpath.migration.Interrupted;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * The story, in order: prepare, connect, work (a worker dies meanwhile), settle, prove, compare. Every part is what a team
 * would use: connectors by Connect's REST API, the mirror and the proof by the {@code towpath} command.
 */
final class Story implements AutoCloseable {

    static final String TOPIC = "activity";
    /** Where capture keeps what actors allow. */
    static final String CONSENT = "towpath-shop-activity-consent";

    /** The migration of the default telling, and of the one that goes on to move everything. */
    static final String MIRRORED = "migration.yaml";

    static final String MOVED = "move.yaml";
    private static final int PARTITIONS = 4;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final TwoClusters servers;
    private final Path directory;
    private final Progress progress;
    private final List<Database> shops;
    private final Pseudonyms names;
    private final Database warehouse;
    private final Settings settings;
    private final String migration;
    private TopicTail dc1;
    private TopicTail dc2;
    private Counts counts;

    Story(TwoClusters servers, Path directory, Progress progress) {
        this(servers, directory, progress, MIRRORED);
    }

    /** {@code migration}: {@link #MIRRORED} or {@link #MOVED}. */
    Story(TwoClusters servers, Path directory, Progress progress, String migration) {
        this.migration = migration;
        this.servers = servers;
        this.directory = directory;
        this.progress = progress;
        this.shops = Stream.of("shop", "outlet")
                .map(name -> Database.of(servers.postgres(), name))
                .toList();
        this.names = new Pseudonyms(Map.of("k1", secret(), "k2", secret()));
        this.warehouse = Database.of(servers.postgres(), "warehouse");
        this.settings = new Settings(
                directory,
                Map.ofEntries(
                        Map.entry("shop.host", servers.postgres().host()),
                        Map.entry(
                                "shop.port", Integer.toString(servers.postgres().port())),
                        Map.entry("shop.user", servers.postgres().user()),
                        Map.entry("warehouse.url", warehouse.url()),
                        Map.entry("warehouse.user", servers.postgres().user()),
                        Map.entry("dc1.bootstrap", servers.dc1().bootstrapServers()),
                        Map.entry("dc2.bootstrap", servers.dc2().bootstrapServers()),
                        Map.entry("dc1.connect", servers.applications().url().toString()),
                        Map.entry("clicks.address", clicksAddress().toString()),
                        Map.entry("dc2.connect", servers.mirror().url().toString())));
    }

    /** Where {@link #connect} left the file that {@code towpath verify -f} takes. */
    Path migration() {
        return directory.resolve(migration);
    }

    /** The file that tells the clicks where to go. */
    Path clicksAddress() {
        return directory.resolve("clicks.address").toAbsolutePath();
    }

    /** Databases, topic, connectors and mirror, up to the point where nothing that the shop does can be missed. */
    void connect() throws IOException, SQLException, InterruptedException, ExecutionException {
        for (String name : List.of("shop", "outlet", "warehouse")) {
            servers.postgres().createDatabase(name);
        }
        for (Database shop : shops) {
            Workload.prepare(shop);
        }
        warehouse.run("warehouse.sql");
        Topics.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers.dc1().bootstrapServers()),
                TOPIC,
                PARTITIONS);
        Map<String, String> secrets = new HashMap<>(names.secrets());
        for (String name : List.of("shop", "outlet", "warehouse")) {
            secrets.put(name, servers.postgres().password());
        }
        settings.secrets(secrets);
        String applications = servers.applications().url().toString();
        progress.say("capture: %s", apply(applications, "capture.json"));
        awaitSlots();
        progress.say("sink: %s", apply(applications, "sink.json"));
        awaitConsent();
        String migration = settings.write(this.migration).toString();
        progress.say(
                "plan: %s",
                TowpathCommand.must("plan", "-f", migration, "--apply").lastLine());
        progress.say(
                "mirror: %s", TowpathCommand.must("mirror", "-f", migration).lastLine());
        dc1 = new TopicTail(servers.dc1().bootstrapServers(), TOPIC);
        dc2 = new TopicTail(servers.dc2().bootstrapServers(), TOPIC);
        counts = new Counts(shops, warehouse, dc1, dc2);
    }

    private String apply(String worker, String template) throws IOException {
        return TowpathCommand.must(
                        "connect",
                        "--url",
                        worker,
                        "apply",
                        settings.write(template).toString())
                .lastLine();
    }

    /** From here on PostgreSQL keeps every change until capture has it. */
    private void awaitSlots() throws SQLException {
        String active = "select count(*) from pg_replication_slots where database = current_database() and active";
        for (Database shop : shops) {
            new Waiting(START_LIMIT).until("capture's replication slot to be in use", () -> shop.number(active) == 1);
        }
    }

    /** Made by capture's task, and part of what moves. */
    private void awaitConsent() throws SQLException {
        try (Admin admin = Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers.dc1().bootstrapServers()))) {
            new Waiting(START_LIMIT)
                    .until("capture's topic " + CONSENT, () -> named(admin).contains(CONSENT));
        }
    }

    private static Set<String> named(Admin admin) {
        try {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("dc1 does not list its topics", e.getCause());
        } catch (InterruptedException e) {
            throw new Interrupted("listing topics", e);
        }
    }

    /** 256 random bits: nobody keeps the key of a demo's pseudonyms. */
    private static String secret() {
        byte[] bits = new byte[32];
        new SecureRandom().nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
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
        Ledger ledger = Ledger.read(shops, names);
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
