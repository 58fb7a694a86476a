package io.towpath.demo.stack;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.PostgresServer;
import io.towpath.local.Server;
import java.net.URI;
import java.util.List;

/** The servers of {@code docker-compose.yml} as this machine reaches them. Somebody else starts and ends them. */
public final class ComposeServers {

    private ComposeServers() {}

    /** Whether or not they are up. */
    public static TwoClusters all() {
        return new TwoClusters(
                new Cluster("dc1", "localhost:9092"),
                new Cluster("dc2", "localhost:9192"),
                new Worker("connect-dc1", URI.create("http://localhost:8083")),
                new Worker("connect-dc2", URI.create("http://localhost:8084")),
                new Postgres(),
                false);
    }

    /** From which the worker makes the keys of capture's pseudonyms: of this environment, as Compose takes it, or the file's own. */
    public static String pseudonymSecret() {
        return environment("PSEUDONYM_SECRET", "for-this-machine-only");
    }

    private static String environment(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    private record Cluster(String name, String bootstrapServers) implements KafkaCluster {
        @Override
        public List<Server> brokers() {
            return List.of(new ComposeService(name));
        }
    }

    private static final class Worker extends ComposeService implements ConnectWorker {
        private final URI url;

        Worker(String name, URI url) {
            super(name);
            this.url = url;
        }

        @Override
        public URI url() {
            return url;
        }
    }

    private static final class Postgres extends ComposeService implements PostgresServer {
        Postgres() {
            super("postgres");
        }

        @Override
        public int port() {
            return 5432;
        }

        @Override
        public String password() {
            return environment("POSTGRES_PASSWORD", PASSWORD);
        }
    }
}
