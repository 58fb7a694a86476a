package io.towpath.local.embedded;

import io.towpath.local.SchemaRegistry;
import io.towpath.local.child.WatchedMain;
import io.towpath.local.process.Home;
import io.towpath.local.process.Launch;
import io.towpath.local.process.Nursery;
import io.towpath.local.process.Place;
import io.towpath.local.process.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One schema registry. It is ready when it lists its subjects. */
final class EmbeddedRegistry extends ServerProcess implements SchemaRegistry {
    private static final String JAR =
            "local/registry-2.6/target/registry/apicurio-registry-app-2.6.13.Final-runner.jar";
    private static final String MAIN = "io.quarkus.runner.GeneratedMain";
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final URI root;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private EmbeddedRegistry(Launch launch, Nursery nursery, URI root) {
        super(launch, nursery);
        this.root = root;
    }

    static EmbeddedRegistry in(Place place, Nursery nursery) {
        Path jar = Home.path().resolve(JAR);
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    jar + " is missing: run mvn -B verify -DskipTests -pl local/registry-2.6 -am");
        }
        List<String> command = List.of(
                Home.java(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + place.port(),
                WatchedMain.class.getName(),
                MAIN);
        Launch launch = Launch.of(place.name(), command, place.log())
                .withEnvironment(Map.of("CLASSPATH", jar + File.pathSeparator + Home.ownClasses()));
        return new EmbeddedRegistry(launch, nursery, URI.create("http://127.0.0.1:" + place.port()));
    }

    @Override
    public URI url() {
        return root.resolve("/apis/registry/v2");
    }

    @Override
    protected boolean ready() {
        HttpRequest request = HttpRequest.newBuilder(root.resolve("/apis/ccompat/v7/subjects"))
                .timeout(PATIENCE)
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
