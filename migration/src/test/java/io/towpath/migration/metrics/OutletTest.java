package io.towpath.migration.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.migration.BadInput;
import io.towpath.migration.metrics.Exposition.Gauge;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutletTest {

    private static final Gauge LEFT = new Gauge("towpath_left", "What is left");

    @TempDir
    private Path folder;

    @Test
    void aFileIsReplacedAsAWhole() {
        MetricsFile file = new MetricsFile(folder.resolve("job.prom"));
        file.show(left("a", 1));
        file.show(left("say \"b\"\\", 2));
        assertThat(folder.resolve("job.prom")).content().isEqualTo("""
                        # HELP towpath_left What is left
                        # TYPE towpath_left gauge
                        towpath_left{topic="say \\"b\\"\\\\"} 2
                        """);
        assertThat(folder).isDirectoryNotContaining("glob:**.next");
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedAtFirstAndStopsNobodyLater() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        MetricsFile file = new MetricsFile(gone.resolve("job.prom"));
        Files.delete(gone);
        file.show(left("a", 1));
        assertThat(gone).doesNotExist();
        assertThatThrownBy(() -> new MetricsFile(gone.resolve("job.prom")))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("--metrics: ");
    }

    @Test
    void aScrapeSeesWhatWasShownLastAndNothingBeforeAndNothingElse() throws Exception {
        int port = free();
        try (MetricsServer server = new MetricsServer(port)) {
            assertThat(get(port, "/metrics").body()).isEmpty();
            server.show(left("a", 1));
            server.show(left("a", 2));
            HttpResponse<String> answer = get(port, "/metrics");
            assertThat(answer.body()).endsWith("towpath_left{topic=\"a\"} 2\n").doesNotContain(" 1\n");
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            assertThat(get(port, "/").statusCode()).isEqualTo(404);
            assertThatThrownBy(() -> new MetricsServer(port))
                    .isInstanceOf(BadInput.class)
                    .hasMessageStartingWith("--metrics-port: " + port + " given");
        }
        assertThatThrownBy(() -> get(port, "/metrics")).isInstanceOf(IOException.class);
    }

    private static Exposition left(String topic, long value) {
        Exposition shown = new Exposition(List.of(LEFT));
        shown.add(LEFT, Map.of("topic", topic), value);
        return shown;
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
