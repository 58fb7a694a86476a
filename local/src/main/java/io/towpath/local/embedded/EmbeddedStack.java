package io.towpath.local.embedded;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.PostgresServer;
import io.towpath.local.Server;
import io.towpath.local.Stack;
import io.towpath.local.Tuning;
import io.towpath.local.WorkerSettings;
import io.towpath.local.child.BrokerMain;
import io.towpath.local.child.WatchedMain;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The stack as child processes of this JVM. */
public final class EmbeddedStack implements Stack {

    private static final String KAFKA = "kafka-4.3";
    private static final Duration START_LIMIT = Duration.ofMinutes(2); // small, busy machines
    private static final Duration STOP_LIMIT = ServerProcess.STOP_LIMIT;

    private final StackFolder folder;
    private final Tuning tuning;
    private final Nursery nursery;
    private final Roster roster = new Roster();
    private final List<EmbeddedCluster> clusters = new CopyOnWriteArrayList<>();
    private final Thread atExit = new Thread(this::stopAll, "stop-servers");

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
        BrokerConfig config = new BrokerConfig(name, brokers, folder.ports());
        List<EmbeddedBroker> nodes = new ArrayList<>();
        for (int node = 1; node <= brokers; node++) {
            nodes.add(roster.add(broker(config, node, brokerConfig)));
        }
        EmbeddedCluster cluster = new EmbeddedCluster(name, config.bootstrapServers(), nodes);
        clusters.add(cluster);
        nodes.forEach(Server::start);
        nodes.forEach(Server::awaitReady);
        return cluster;
    }

    private EmbeddedBroker broker(BrokerConfig config, int node, Map<String, String> overrides) {
        String name = config.cluster() + "-" + node;
        Path directory = folder.of(name);
        Map<String, String> all = config.of(node, directory.resolve("data").toString());
        all.putAll(overrides);
        Path properties = JavaServer.write(directory.resolve("server.properties"), all);
        List<String> command = JavaServer.command(
                directory,
                jvm(tuning.brokerHeapMegabytes()),
                BrokerMain.class,
                List.of(properties.toString(), config.clusterId(), config.initialControllers()));
        return new EmbeddedBroker(java(name, command), nursery, node, config.port(node));
    }

    @Override
    public ConnectWorker connect(String name, KafkaCluster cluster, WorkerSettings settings) {
        Path directory = folder.of(name);
        URI url = URI.create("http://127.0.0.1:" + folder.ports().of(name));
        Path properties =
                JavaServer.write(directory.resolve("worker.properties"), WorkerConfig.of(url, cluster, settings));
        List<String> command = JavaServer.command(
                directory,
                jvm(settings.heapMegabytes()),
                WatchedMain.class,
                List.of("org.apache.kafka.connect.cli.ConnectDistributed", properties.toString()));
        return started(new EmbeddedWorker(java(name, command), nursery, url));
    }

    private List<String> jvm(int heapMegabytes) {
        return List.of("-Xmx" + heapMegabytes + "m", tuning.compiler());
    }

    private Launch java(String name, List<String> command) {
        return new Launch(name, command, JavaServer.environment(KAFKA), folder.log(name), "TERM", START_LIMIT);
    }

    @Override
    public PostgresServer postgres(String name) {
        PostgresProgram program = PostgresProgram.unpacked();
        Path data = folder.of(name).resolve("data");
        PostgresData.initialise(name, program, data, folder.log(name));
        int port = folder.ports().of(name);
        List<String> command = PostgresData.serve(program, data, port);
        // INT is PostgreSQL's fast shutdown: it does not wait for its clients
        Launch launch = new Launch(name, command, Map.of(), folder.log(name), "INT", START_LIMIT);
        return started(new EmbeddedPostgres(launch, nursery, port));
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
        if (Thread.currentThread() != atExit) {
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
        stopAll();
        folder.unlock();
    }

    private void stopAll() {
        nursery.refuseFurther();
        stopTogether(roster.of(EmbeddedWorker.class));
        clusters.forEach(EmbeddedCluster::requestStop);
        clusters.forEach(cluster -> cluster.awaitStopped(STOP_LIMIT));
        stopTogether(roster.all());
        nursery.close();
    }

    private static void stopTogether(List<? extends ServerProcess> servers) {
        servers.forEach(ServerProcess::requestStop);
        servers.forEach(server -> server.awaitStopped(STOP_LIMIT));
    }
}
