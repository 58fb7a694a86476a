package io.towpath.demo.story;

import io.towpath.demo.stack.TwoClusters;
import io.towpath.local.ConnectWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The story, in order: prepare, connect, work (a worker dies meanwhile), settle, prove, compare. Every part is what a team
 * would use: connectors by Connect's REST API, the mirror and the proof by the {@code towpath} command.
 */
final class Story implements AutoCloseable {

    static final String TOPIC = "activity";
    private static final int PARTITIONS = 4;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final TwoClusters servers;
    private final Path directory;
    private final Progress progress;
    private final Database shop;
    private final Database warehouse;
    private final Settings settings;
    private TopicTail dc1;
    private TopicTail dc2;
    private Counts counts;

    Story(TwoClusters servers, Path directory, Progress progress) {
        this.servers = servers;
        this.directory = directory;
        this.progress = progress;
        this.shop = Database.of(servers.postgres(), "shop");
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
                        Map.entry("dc2.connect", servers.mirror().url().toString())));
    }

    /** Where {@link #connect} left the file that {@code towpath verify -f} takes. */
    Path migration() {
        return directory.resolve("migration.yaml");
    }

    /** Databases, topic, connectors and mirror, up to the point where nothing that the shop does can be missed. */
    void connect() throws IOException, SQLException, InterruptedException, ExecutionException {
        servers.postgres().createDatabase("shop");
        servers.postgres().createDatabase("warehouse");
        Workload.prepare(shop);
        warehouse.run("warehouse.sql");
        try (Admin admin = Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers.dc1().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        settings.secrets(Map.of(
                "shop",
                servers.postgres().password(),
                "warehouse",
                servers.postgres().password()));
        String applications = servers.applications().url().toString();
        progress.say("capture: %s", apply(applications, "capture.json"));
        awaitSlot();
        progress.say("sink: %s", apply(applications, "sink.json"));
        String migration = settings.write("migration.yaml").toString();
        progress.say(
                "plan: %s",
                TowpathCommand.must("plan", "-f", migration, "--apply").lastLine());
        progress.say(
                "mirror: %s", TowpathCommand.must("mirror", "-f", migration).lastLine());
        dc1 = new TopicTail(servers.dc1().bootstrapServers(), TOPIC);
        dc2 = new TopicTail(servers.dc2().bootstrapServers(), TOPIC);
        counts = new Counts(shop, warehouse, dc1, dc2);
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
    private void awaitSlot() throws SQLException {
        new Waiting(START_LIMIT).until("capture's replication slot to be in use", () -> {
            try (Connection connection = shop.connect();
                    Statement statement = connection.createStatement();
                    ResultSet slot = statement.executeQuery(
                            "select count(*) from pg_replication_slots where database = 'shop' and active")) {
                slot.next();
                return slot.getInt(1) == 1;
            }
        });
    }

    /** Traffic on the shop; at two fifths of it the worker that captures and stores dies, and comes back. */
    void work(Workload.Size size) throws SQLException, InterruptedException {
        try (Workload workload = new Workload(shop, size)) {
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
        progress.say("waiting for every station");
        counts.settle(patience, progress);
        progress.say("verify: comparing every record of dc1 and dc2");
        TowpathCommand verify = TowpathCommand.run("verify", "-f", migration().toString());
        verify.output().lines().forEach(line -> progress.out().println("        " + line));
        List<Deed> ledger = Ledger.deeds(shop);
        List<Sighting> first = dc1.seen();
        List<Station> stations = List.of(
                Station.ordered("dc1: activities", ledger, first, first),
                Station.of("warehouse: rows", ledger, Sighting.rows(warehouse), first),
                Station.ordered("dc2: mirrored records", ledger, dc2.seen(), first));
        return new Outcome(ledger.size(), stations, verify.lastLine(), verify.exitCode() == 0);
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
