package io.towpath.local.containers;

import io.towpath.local.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** One PostgreSQL server from its own image. */
final class ContainerPostgres extends ContainerServer implements PostgresServer {

    static final DockerImageName IMAGE = DockerImageName.parse("postgres:16.9");

    private static final int INSIDE = 5432;

    private final int port;

    private ContainerPostgres(String name, GenericContainer<?> container, Path log, int port) {
        super(name, container, log);
        this.port = port;
    }

    static ContainerPostgres of(String name, Path log, int port) {
        GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withExposedPorts(INSIDE)
                .withEnv("POSTGRES_PASSWORD", PASSWORD)
                .withCommand("postgres", "-c", "wal_level=logical", "-c", "max_connections=200");
        container.setPortBindings(List.of("127.0.0.1:" + port + ":" + INSIDE));
        return new ContainerPostgres(name, container, log, port);
    }

    @Override
    String stopSignal() {
        return "SIGINT"; // its fast shutdown: it does not wait for its clients
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    boolean ready() {
        return takesConnections();
    }
}
