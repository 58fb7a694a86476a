package io.towpath.demo.story;

import io.towpath.demo.stack.Admission;
import io.towpath.demo.stack.TwoClusters;
import io.towpath.local.Login;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * What must be there before the story begins: databases, their users, topics, and the files that connectors and commands
 * are told by. On secured clusters every role has a user, and a file of its own.
 */
final class Premises {

    private static final int PARTITIONS = 4;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final TwoClusters servers;
    private final Path directory;
    private final String template;
    private final List<Database> shops;
    private final Database warehouse;
    private final Pseudonyms names;
    private final Settings settings;
    private Cast cast;

    /** @param template the migration that is told: {@link Story#MIRRORED} or {@link Story#MOVED} */
    Premises(TwoClusters servers, Path directory, String template) {
        this(servers, directory, template, new Pseudonyms(Map.of("k1", secret(), "k2", secret())));
    }

    /** @param names what the keys that capture has make of customers */
    Premises(TwoClusters servers, Path directory, String template, Pseudonyms names) {
        this.servers = servers;
        this.names = names;
        this.directory = directory;
        this.template = template;
        this.shops = Stream.of("shop", "outlet")
                .map(name -> Database.of(servers.postgres(), name))
                .toList();
        this.warehouse = Database.of(servers.postgres(), "warehouse");
        this.settings = new Settings(
                directory,
                Map.ofEntries(
                        Map.entry("shop.host", servers.postgres().host()),
                        Map.entry(
                                "shop.port", Integer.toString(servers.postgres().port())),
                        Map.entry("shop.user", "capture"),
                        Map.entry("warehouse.url", warehouse.url()),
                        Map.entry("warehouse.user", "warehouse"),
                        Map.entry("dc1.bootstrap", servers.dc1().bootstrapServers()),
                        Map.entry("dc2.bootstrap", servers.dc2().bootstrapServers()),
                        Map.entry("dc1.connect", servers.applications().url().toString()),
                        Map.entry("clicks.address", clicksAddress().toString()),
                        Map.entry("dc2.connect", servers.mirror().url().toString())));
    }

    List<Database> shops() {
        return shops;
    }

    Database warehouse() {
        return warehouse;
    }

    Pseudonyms names() {
        return names;
    }

    /** Who plays on secured clusters, once they are let in. */
    Cast cast() {
        return cast;
    }

    /** The file that tells the clicks where to go. */
    Path clicksAddress() {
        return directory.resolve("clicks.address").toAbsolutePath();
    }

    /** Databases with their tables and users, the file of secrets, and the topics that no role may make. */
    void prepare() throws IOException, SQLException {
        Map<String, String> secrets = new HashMap<>(names.secrets());
        String capture = secret();
        secrets.put("shop", capture);
        secrets.put("outlet", capture);
        secrets.put("warehouse", secret());
        settings.secrets(secrets);
        for (String name : List.of("shop", "outlet", "warehouse")) {
            servers.postgres().createDatabase(name);
        }
        warehouse.createUser("capture", "replication", capture);
        warehouse.createUser("warehouse", "", secrets.get("warehouse"));
        for (Database shop : shops) {
            Workload.prepare(shop);
            shop.run("shop-users.sql");
        }
        warehouse.run("warehouse.sql");
        warehouse.run("warehouse-users.sql");
        try (Admission admin = new Admission(servers.dc1())) {
            admin.make(List.of(new NewTopic(Story.TOPIC, PARTITIONS, (short) 1)));
            if (servers.secured()) { // elsewhere capture makes its own
                admin.make(Stream.of(Story.PROGRESS, Story.CONSENT)
                        .map(kept -> new NewTopic(kept, 1, (short) 1).configs(Map.of("cleanup.policy", "compact")))
                        .toList());
            }
        }
    }

    /** 256 random bits: nobody keeps the secrets of a demo. */
    private static String secret() {
        byte[] bits = new byte[32];
        new SecureRandom().nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /** The capture connector's file; all its clients are one user. */
    Path capture() throws IOException {
        return connector(
                "capture.json", "capture", "kafka.", "producer.override.", "consumer.override.", "admin.override.");
    }

    /** The sink's file. */
    Path sink() throws IOException {
        return connector("sink.json", "sink", "consumer.override.");
    }

    private Path connector(String file, String user, String... clients) throws IOException {
        Map<String, String> identity = new TreeMap<>();
        for (String client : clients) {
            identity.putAll(servers.dc1().login(user).identity(client));
        }
        return settings.connector(file, identity);
    }

    /** Gives every role the rights that its files ask for. */
    void letIn(Path capture, Path sink) throws IOException {
        cast = new Cast(capture, sink, Path.of(migration("plan")));
        cast.enter(servers);
    }

    /** Writes the migration as this role would have it, on both clusters the user of that name. */
    String migration(String role) throws IOException {
        Map<String, String> logins = Map.of(
                "dc1.login", yaml(servers.dc1().login(role)),
                "dc2.login", yaml(servers.dc2().login(role)));
        return settings.write(template, file(role), logins).toString();
    }

    /** The file that {@code towpath verify -f} takes. */
    Path migration() {
        return directory.resolve(file("verify"));
    }

    private String file(String role) {
        return servers.secured() ? role + ".yaml" : template;
    }

    private static String yaml(Login login) {
        return new TreeMap<>(login.references())
                .entrySet().stream()
                        .map(key -> key.getKey() + ": '" + key.getValue() + "'")
                        .collect(Collectors.joining("\n  "));
    }

    /** From here on PostgreSQL keeps every change until capture has it. */
    void awaitSlots() throws SQLException {
        String active = "select count(*) from pg_replication_slots where database = current_database() and active";
        for (Database shop : shops) {
            new Waiting(START_LIMIT).until("capture's replication slot to be in use", () -> shop.number(active) == 1);
        }
    }

    /** On open clusters capture's task makes it, and it is part of what moves. */
    void awaitConsent() throws SQLException {
        try (Admission admin = new Admission(servers.dc1())) {
            new Waiting(START_LIMIT)
                    .until(
                            "capture's topic " + Story.CONSENT,
                            () -> admin.topics().contains(Story.CONSENT));
        }
    }
}
