package io.towpath.local;

import io.towpath.local.embedded.EmbeddedStack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * A set of servers that live and end together.
 *
 * <p>Always: no server outlives the JVM that holds its stack, however that JVM ends. Server names are lower-case
 * letters, digits and dashes, and unique in the stack. The starting methods return when the server is ready, may be
 * called at the same time from several threads, and throw {@link StartFailure} otherwise.
 */
public interface Stack extends AutoCloseable {

    /**
     * The stack that the system property {@code towpath.stack} names: {@code embedded}, unless it is set, or another that
     * is on the class path, as {@code containers} is with module {@code local/containers}.
     *
     * @throws StartFailure if nobody on the class path makes such a stack
     */
    static Stack open(Path directory, Tuning tuning) {
        String wanted = System.getProperty("towpath.stack", "embedded");
        if (wanted.equals("embedded")) {
            return embedded(directory, tuning);
        }
        return ServiceLoader.load(StackMaker.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(maker -> maker.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new StartFailure("towpath.stack=" + wanted + " given, and nothing on the class path"
                        + " makes such a stack; wanted: embedded, or the module that makes it"))
                .open(directory, tuning);
    }

    /**
     * Servers as child processes of this JVM.
     *
     * @param directory takes all data, and the logs in {@code logs/}; a directory used before brings the same servers
     *     back with their data and ports. One stack at a time may use it.
     */
    static Stack embedded(Path directory) {
        return embedded(directory, Tuning.QUICK_START);
    }

    /** The same, with a choice of what the servers are good at. */
    static Stack embedded(Path directory, Tuning tuning) {
        return EmbeddedStack.open(directory, tuning);
    }

    /** A KRaft cluster of nodes that are broker and controller at once, named {@code <name>-1}, {@code <name>-2}, … */
    default KafkaCluster kafka(String name, int brokers) {
        return kafka(name, brokers, Map.of());
    }

    /**
     * The same, with configuration of your own.
     *
     * @param brokerConfig added to, and winning over, each broker's own configuration; <code>${own}</code> in a value
     *     stands for the one that it replaces, as in <code>listeners=${own},SASL_PLAINTEXT://127.0.0.1:9999</code>
     */
    KafkaCluster kafka(String name, int brokers, Map<String, String> brokerConfig);

    /**
     * The same, secured: clients speak SASL_SSL with SCRAM-SHA-512 ({@link KafkaCluster#login}), the StandardAuthorizer
     * refuses whatever no ACL allows, and only the brokers are super users. Certificate and passwords are made on this
     * machine, once, and lie below {@code secrets/} for their owner alone.
     */
    KafkaCluster securedKafka(String name, int brokers, Map<String, String> brokerConfig);

    /** A Connect worker on a cluster. Workers with the same {@link WorkerSettings#groupId} share their connectors. */
    ConnectWorker connect(String name, KafkaCluster cluster, WorkerSettings settings);

    /**
     * MirrorMaker in dedicated mode: one process, no Connect cluster.
     *
     * @param properties its {@code connect-mirror-maker.properties}; {@code listeners} and the internal REST server are
     *     added
     */
    Server mirrorMaker(String name, Map<String, String> properties);

    PostgresServer postgres(String name);

    /** Needs module {@code local/mariadb-11.4} verified: its server is no part of the packaged demo. */
    MariaDbServer mariadb(String name);

    /** Needs {@link MySqlServer#installed}. */
    MySqlServer mysql(String name);

    /** Needs module {@code local/registry-2.6} verified. */
    SchemaRegistry registry(String name);

    /**
     * A Kafka 3.9 cluster with its metadata in a ZooKeeper, named {@code <name>-zookeeper}: what many migrations start
     * from. Needs module {@code local/kafka-3.9} verified. A killed broker of it cannot come back before its session
     * with ZooKeeper (1.5 s) is over: it ends then with a {@link StartFailure}, and may be started again.
     */
    KafkaCluster zookeeperKafka(String name, int brokers, Map<String, String> brokerConfig);

    /** The same of Kafka 2.8, the oldest source that is tried. Needs module {@code local/kafka-2.8} verified. */
    KafkaCluster oldKafka(String name, int brokers, Map<String, String> brokerConfig);

    /** Every server so far, in the order of their creation. */
    List<Server> servers();

    /** Ends all servers: workers, then brokers, then databases. Their data stays. */
    @Override
    void close();
}
