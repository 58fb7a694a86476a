package io.towpath.local.embedded;

import io.towpath.local.ConnectWorker;
import io.towpath.local.process.Launch;
import io.towpath.local.process.Nursery;
import io.towpath.local.process.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** One Connect worker. It is ready when its own health check (KIP-1017) says so: it has joined its group. */
final class EmbeddedWorker extends ServerProcess implements ConnectWorker {

    static final String MAIN = "org.apache.kafka.connect.cli.ConnectDistributed";

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final URI url;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    EmbeddedWorker(Launch launch, Nursery nursery, URI url) {
        super(launch, nursery);
        this.url = url;
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    protected boolean ready() {
        HttpRequest request =
                HttpRequest.newBuilder(url.resolve("/health")).timeout(PATIENCE).build();
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
