package io.towpath.local.containers;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.MariaDbServer;
import io.towpath.local.MySqlServer;
import io.towpath.local.PostgresServer;
import io.towpath.local.SchemaRegistry;
import io.towpath.local.Server;
import io.towpath.local.Stack;
import io.towpath.local.Tuning;
import io.towpath.local.WorkerSettings;
import io.towpath.local.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.testcontainers.containers.Network;

/**
 * The stack in containers. Unlike the embedded one it forgets its data when it is closed.
 *
 * <p>Always: no container outlives the JVM for long: Testcontainers' own reaper removes those that {@link #close} did not.
 */
final class ContainerStack implements Stack {

    private final Path directory;
    private final Ports ports;
    private final Tuning tuning;
    private final Network network = Network.newNetwork();
    private final List<ContainerServer> servers = new CopyOnWriteArrayList<>();

    ContainerStack(Path directory, Tuning tuning) {
        this.directory = directory;
        this.ports = new Ports(directory.resolve("ports"), RandomGenerator.getDefault());
        this.tuning = tuning;
        try {
            Files.createDirectories(directory.resolve("logs"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make folders in " + directory, e);
        }
    }

    @Override
    public KafkaCluster kafka(String name, int brokers, Map<String, String> brokerConfig) {
        if (brokerConfig.values().stream().anyMatch(value -> value.contains("${own}"))) {
            throw onlyEmbedded("a broker's own value, ${own}, in its configuration");
        }
        List<ContainerBroker> nodes = new ArrayList<>();
        for (int node = 1; node <= brokers; node++) {
            String own = name + "-" + node;
            int port = ports.of(own);
            var container = BrokerContainer.of(name, node, brokers, port, network, brokerConfig)
                    .withEnv("KAFKA_HEAP_OPTS", "-Xmx" + tuning.brokerHeapMegabytes() + "m");
            nodes.add(new ContainerBroker(own, container, log(directory, own), node, port));
        }
        servers.addAll(nodes);
        nodes.forEach(Server::start);
        nodes.forEach(Server::awaitReady);
        return new ContainerCluster(name, List.copyOf(nodes));
    }

    @Override
    public ConnectWorker connect(String name, KafkaCluster cluster, WorkerSettings settings) {
        return started(ContainerWorker.of(name, cluster, settings, directory, ports.of(name)));
    }

    @Override
    public PostgresServer postgres(String name) {
        return started(ContainerPostgres.of(name, log(directory, name), ports.of(name)));
    }

    @Override
    public KafkaCluster securedKafka(String name, int brokers, Map<String, String> brokerConfig) {
        throw onlyEmbedded("a secured cluster");
    }

    @Override
    public Server mirrorMaker(String name, Map<String, String> properties) {
        throw onlyEmbedded("MirrorMaker in dedicated mode");
    }

    @Override
    public MariaDbServer mariadb(String name) {
        throw onlyEmbedded("MariaDB");
    }

    @Override
    public MySqlServer mysql(String name) {
        throw onlyEmbedded("MySQL");
    }

    @Override
    public SchemaRegistry registry(String name) {
        throw onlyEmbedded("a schema registry");
    }

    @Override
    public KafkaCluster zookeeperKafka(String name, int brokers, Map<String, String> brokerConfig) {
        throw onlyEmbedded("Kafka with ZooKeeper");
    }

    @Override
    public KafkaCluster oldKafka(String name, int brokers, Map<String, String> brokerConfig) {
        throw onlyEmbedded("Kafka 2.8");
    }

    private static UnsupportedOperationException onlyEmbedded(String what) {
        return new UnsupportedOperationException(
                "towpath.stack=containers given, and this needs " + what + "; wanted: towpath.stack=embedded");
    }

    private <S extends ContainerServer> S started(S server) {
        servers.add(server);
        server.start();
        server.awaitReady();
        return server;
    }

    static Path log(Path directory, String name) {
        return directory.resolve("logs").resolve(name + ".log");
    }

    @Override
    public List<Server> servers() {
        return List.copyOf(servers);
    }

    @Override
    public void close() {
        List<ContainerServer> last = new ArrayList<>(servers);
        Collections.reverse(last);
        last.forEach(ContainerServer::remove);
        network.close();
    }
}
