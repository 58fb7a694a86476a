package io.towpath.local.embedded;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Login;
import io.towpath.local.MariaDbServer;
import io.towpath.local.MySqlServer;
import io.towpath.local.PostgresServer;
import io.towpath.local.SchemaRegistry;
import io.towpath.local.Server;
import io.towpath.local.Stack;
import io.towpath.local.Tuning;
import io.towpath.local.WorkerConfig;
import io.towpath.local.WorkerSettings;
import io.towpath.local.child.BrokerMain;
import io.towpath.local.child.WatchedMain;
import io.towpath.local.database.EmbeddedMariaDb;
import io.towpath.local.database.EmbeddedMySql;
import io.towpath.local.database.EmbeddedPostgres;
import io.towpath.local.process.Launch;
import io.towpath.local.process.Nursery;
import io.towpath.local.process.Place;
import io.towpath.local.process.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The stack as child processes of this JVM. */
public final class EmbeddedStack implements Stack {

    private final StackFolder folder;
    private final Tuning tuning;
    private final Nursery nursery;
    private final Roster roster = new Roster();
    private final List<EmbeddedCluster> clusters = new CopyOnWriteArrayList<>();
    private final Thread atExit = new Thread(this::stopAll, "stop-servers");
    private boolean stopped;

    private EmbeddedStack(StackFolder folder, Tuning tuning) {
        this.folder = folder;
        this.tuning = tuning;
        this.nursery = new Nursery(folder.log("reaper"));
    }

    /** What {@link Stack#embedded} gives. */
    public static EmbeddedStack open(Path directory, Tuning tuning) {
        EmbeddedStack stack = new EmbeddedStack(StackFolder.lock(directory), tuning);
        Runtime.getRuntime().addShutdownHook(stack.atExit);
        return stack;
    }

    @Override
    public KafkaCluster kafka(String name, int brokers, Map<String, String> brokerConfig) {
        KraftConfig config = new KraftConfig(name, brokers, folder.ports());
        JavaServer jvm = new JavaServer(JavaServer.KAFKA_4, tuning.brokerHeapMegabytes(), tuning);
        Function<String, Login> logins = open(config.bootstrapServers());
        return cluster(name, brokers, logins, node -> {
            Place place = config.place(node, folder);
            Path properties = JavaServer.write(
                    place.directory().resolve("server.properties"), with(config.of(node, place.data()), brokerConfig));
            String[] arguments = {properties.toString(), config.clusterId(), config.initialControllers()};
            return broker(jvm.launch(place, BrokerMain.class, arguments), node, place, logins);
        });
    }

    @Override
    public KafkaCluster securedKafka(String name, int brokers, Map<String, String> brokerConfig) {
        KraftConfig config = new KraftConfig(name, brokers, folder.ports());
        JavaServer jvm = new JavaServer(JavaServer.KAFKA_4, tuning.brokerHeapMegabytes(), tuning);
        Keyring keyring = Keyring.in(folder.secrets(name), name);
        Function<String, Login> logins = new Accounts(keyring, config.bootstrapServers())::login;
        return cluster(name, brokers, logins, node -> {
            Place place = config.place(node, folder);
            Path properties = JavaServer.write(
                    place.directory().resolve("server.properties"),
                    with(config.secured(node, place.data(), keyring), brokerConfig));
            String user = KafkaCluster.SUPER_USER;
            String[] arguments = {
                properties.toString(),
                config.clusterId(),
                config.initialControllers(),
                user,
                keyring.file(user).toString()
            };
            return broker(jvm.launch(place, BrokerMain.class, arguments), node, place, logins);
        });
    }

    private static Function<String, Login> open(String bootstrapServers) {
        return user -> new Login(Map.of("bootstrap.servers", bootstrapServers));
    }

    @Override
    public KafkaCluster zookeeperKafka(String name, int brokers, Map<String, String> brokerConfig) {
        return zookeeperKafka(JavaServer.KAFKA_3, name, brokers, brokerConfig);
    }

    @Override
    public KafkaCluster oldKafka(String name, int brokers, Map<String, String> brokerConfig) {
        return zookeeperKafka(JavaServer.KAFKA_2, name, brokers, brokerConfig);
    }

    private KafkaCluster zookeeperKafka(
            String distribution, String name, int brokers, Map<String, String> brokerConfig) {
        ZookeeperConfig config = new ZookeeperConfig(name, brokers, folder.ports());
        started(zookeeper(distribution, config));
        JavaServer jvm = new JavaServer(distribution, tuning.brokerHeapMegabytes(), tuning);
        Function<String, Login> logins = open(config.bootstrapServers());
        return cluster(name, brokers, logins, node -> {
            Place place = config.place(node, folder);
            Path properties = JavaServer.write(
                    place.directory().resolve("server.properties"), with(config.of(node, place.data()), brokerConfig));
            Launch launch = jvm.launch(place, WatchedMain.class, "kafka.Kafka", properties.toString());
            return broker(launch, node, place, logins);
        });
    }

    private EmbeddedZookeeper zookeeper(String distribution, ZookeeperConfig config) {
        Place place = folder.place(config.zookeeper());
        Path properties = JavaServer.write(place.directory().resolve("zoo.cfg"), config.ofZookeeper(place));
        Launch launch = new JavaServer(distribution, EmbeddedZookeeper.HEAP_MEGABYTES, tuning)
                .launch(place, WatchedMain.class, EmbeddedZookeeper.MAIN, properties.toString());
        return new EmbeddedZookeeper(launch, nursery, place.port());
    }

    private KafkaCluster cluster(
            String name, int brokers, Function<String, Login> logins, IntFunction<EmbeddedBroker> broker) {
        List<EmbeddedBroker> nodes = new ArrayList<>();
        for (int node = 1; node <= brokers; node++) {
            nodes.add(roster.add(broker.apply(node)));
        }
        EmbeddedCluster cluster =
                new EmbeddedCluster(name, logins.apply(KafkaCluster.SUPER_USER).bootstrapServers(), nodes, logins);
        clusters.add(cluster);
        nodes.forEach(Server::start);
        nodes.forEach(Server::awaitReady);
        return cluster;
    }

    private EmbeddedBroker broker(Launch launch, int node, Place place, Function<String, Login> logins) {
        return new EmbeddedBroker(launch, nursery, node, place.port(), logins.apply(KafkaCluster.SUPER_USER));
    }

    private static Map<String, String> with(Map<String, String> config, Map<String, String> overrides) {
        overrides.forEach((key, value) -> config.merge(key, value, (own, given) -> given.replace("${own}", own)));
        return config;
    }

    @Override
    public ConnectWorker connect(String name, KafkaCluster cluster, WorkerSettings settings) {
        Place place = folder.place(name);
        URI url = URI.create("http://127.0.0.1:" + place.port());
        Path properties = JavaServer.write(
                place.directory().resolve("worker.properties"), WorkerConfig.of(url, cluster, settings));
        String distribution = settings.before41() ? JavaServer.KAFKA_3 : JavaServer.KAFKA_4;
        Launch launch = new JavaServer(distribution, settings.heapMegabytes(), tuning)
                .launch(place, settings.classPath(), WatchedMain.class, EmbeddedWorker.MAIN, properties.toString());
        return started(new EmbeddedWorker(launch, nursery, url));
    }

    @Override
    public Server mirrorMaker(String name, Map<String, String> properties) {
        Place place = folder.place(name);
        Map<String, String> config = new HashMap<>(properties);
        config.put("dedicated.mode.enable.internal.rest", "true");
        config.put("listeners", "http://127.0.0.1:" + place.port());
        Path file = JavaServer.write(place.directory().resolve("connect-mirror-maker.properties"), config);
        Launch launch = new JavaServer(JavaServer.KAFKA_4, EmbeddedMirrorMaker.HEAP_MEGABYTES, tuning)
                .launch(place, WatchedMain.class, EmbeddedMirrorMaker.MAIN, file.toString());
        return started(new EmbeddedMirrorMaker(launch, nursery, place.port()));
    }

    @Override
    public PostgresServer postgres(String name) {
        return started(EmbeddedPostgres.in(folder.place(name), nursery));
    }

    @Override
    public MariaDbServer mariadb(String name) {
        return started(EmbeddedMariaDb.in(folder.place(name), nursery));
    }

    @Override
    public MySqlServer mysql(String name) {
        return started(EmbeddedMySql.in(folder.place(name), nursery));
    }

    @Override
    public SchemaRegistry registry(String name) {
        return started(EmbeddedRegistry.in(folder.place(name), nursery));
    }

    private <S extends ServerProcess> S started(S server) {
        roster.add(server);
        server.start();
        server.awaitReady();
        return server;
    }

    @Override
    public List<Server> servers() {
        return List.copyOf(roster.all());
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyShuttingDown) {
            // the hook and this call do the same; the first one does it
        }
        stopAll();
    }

    private synchronized void stopAll() {
        if (stopped) {
            return;
        }
        stopped = true;
        nursery.refuseFurther();
        stopTogether(roster.of(EmbeddedWorker.class));
        stopTogether(roster.of(EmbeddedMirrorMaker.class));
        clusters.forEach(EmbeddedCluster::requestStop);
        clusters.forEach(EmbeddedCluster::awaitStopped);
        stopTogether(roster.all());
        nursery.close();
        folder.unlock();
    }

    private static void stopTogether(List<? extends ServerProcess> servers) {
        servers.forEach(ServerProcess::requestStop);
        servers.forEach(ServerProcess::awaitStopped);
    }
}
