package io.towpath.local.containers;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.WorkerConfig;
import io.towpath.local.WorkerSettings;
import io.towpath.local.process.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/**
 * One Connect worker from Kafka's own image. It sees the machine's network, and its plugins and the stack's folder where they
 * lie; it reads them as the owner of that folder, who may be the only one to read the secrets there.
 */
final class ContainerWorker extends ContainerServer implements ConnectWorker {

    private static final String CONFIG = "/opt/towpath/worker.properties"; // inside the container;

    private static final String LOGS = "/opt/towpath/logs";

    private final URI url;

    private ContainerWorker(String name, GenericContainer<?> container, Path log, URI url) {
        super(name, container, log);
        this.url = url;
    }

    /** @param shared the stack's folder */
    static ContainerWorker of(String name, KafkaCluster cluster, WorkerSettings settings, Path shared, int port) {
        URI url = URI.create("http://127.0.0.1:" + port);
        String config = WorkerConfig.of(url, cluster, settings).entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\") + "\n")
                .collect(Collectors.joining());
        GenericContainer<?> container = new GenericContainer<>(BrokerContainer.IMAGE)
                .withNetworkMode("host")
                .withEnv("KAFKA_HEAP_OPTS", "-Xmx" + settings.heapMegabytes() + "m")
                .withEnv("CLASSPATH", paths(settings.classPath().stream()))
                .withCopyToContainer(Transferable.of(config), CONFIG)
                .withEnv("LOG_DIR", LOGS)
                .withTmpFs(Map.of(LOGS, "rw,mode=1777"))
                .withCreateContainerCmdModifier(create -> create.withUser(owner(shared)))
                .withCommand("/opt/kafka/bin/connect-distributed.sh", CONFIG);
        Stream.of(settings.pluginPath(), settings.classPath(), List.of(shared))
                .flatMap(List::stream)
                .map(path -> path.toAbsolutePath().toString())
                .forEach(path -> container.withFileSystemBind(path, path, BindMode.READ_ONLY));
        return new ContainerWorker(name, container, ContainerStack.log(shared, name), url);
    }

    private static String owner(Path folder) {
        try {
            return Files.getAttribute(folder, "unix:uid") + ":" + Files.getAttribute(folder, "unix:gid");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + folder, e);
        }
    }

    private static String paths(Stream<Path> paths) {
        return paths.map(Path::toAbsolutePath).map(Path::toString).collect(Collectors.joining(":"));
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    boolean ready() {
        return Probe.answers(url.resolve("/health"));
    }
}
