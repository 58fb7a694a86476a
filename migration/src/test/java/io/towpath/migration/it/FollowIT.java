package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.local.TrialSize;
import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proof behind live traffic: a few seconds behind, killed, gone on, and it says what is proven. */
@Tag("trial-proof")
class FollowIT {

    private static final TrialSize SIZE = TrialSize.current();
    private static final Pattern UNTIL =
            Pattern.compile("(?m)^towpath_proof_proven_until_seconds\\{migration=\"live\"} ([\\d.E]+)$");
    private static final Pattern EQUAL = Pattern.compile("(?m)^towpath_proof_records_equal\\{topic=\"live\"} (\\d+)$");

    @Test
    void theProofStaysSecondsBehindLiveTrafficAndGoesOnAfterAKill(@TempDir Path folder) throws Exception {
        TwoClusters clusters = TwoClusters.shared();
        Path metrics = folder.resolve("proof.prom");
        AtomicBoolean enough = new AtomicBoolean();
        try (Writer dc1 = new Writer(clusters.dc1.bootstrapServers());
                Churn churn = new Churn(clusters.dc1.bootstrapServers(), "live", SIZE.seed(7))) {
            dc1.topic("live", 2, Map.of());
            String file = clusters.migration("live", List.of("live"));
            assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);
            assertThat(CommandRun.of("mirror", "-f", file).exit()).isEqualTo(Exit.DONE);
            String[] follow = {
                "-f",
                file,
                "--follow",
                "--checkpoint",
                folder.resolve("proof").toString(),
                "--metrics",
                metrics.toString()
            };
            CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> write(churn, enough));
            try (VerifyProcess first = VerifyProcess.start(folder.resolve("first.log"), follow)) {
                await().atMost(Duration.ofMinutes(2)).until(() -> equal(metrics) > 0 || !first.isAlive());
                assertThat(first.isAlive()).as(first.printed()).isTrue();
                first.kill();
            }
            long proven = equal(metrics);
            int port = freePort();
            String[] served = Stream.concat(Stream.of(follow), Stream.of("--metrics-port", Integer.toString(port)))
                    .toArray(String[]::new);
            try (VerifyProcess second = VerifyProcess.start(folder.resolve("second.log"), served)) {
                await().atMost(Duration.ofMinutes(5)).until(() -> rounds(second) >= SIZE.of(4, 40));
                assertThat(equal(metrics)).as("proven since the kill").isGreaterThan(proven);
                long behind = Duration.between(until(metrics), Instant.now()).toMillis();
                TrialSize.figure("seconds that a followed proof is behind live traffic", behind / 1000.0);
                assertThat(behind)
                        .as("ms behind")
                        .isLessThan(Duration.ofSeconds(60).toMillis());
                assertThat(scraped(port)).contains("towpath_proof_records_equal{topic=\"live\"} ");
                enough.set(true);
                traffic.join();
                long all = OtherChecks.read(clusters.dc1.bootstrapServers(), "live")
                        .size();
                await().atMost(Duration.ofMinutes(2)).until(() -> equal(metrics) == all);
                assertThat(second.printed()).contains("proven up to ", "(" + all + " records equal, 0 not proven)");
            }
        }
    }

    /** About 2,000 records a second: as fast as it can, it would be the flow that is behind. */
    private static void write(Churn churn, AtomicBoolean enough) {
        try {
            while (!enough.get() && churn.written() < 500_000) {
                churn.write("live", 2, 2);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (Exception e) {
            throw new IllegalStateException("the traffic ended", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String scraped(int port) throws IOException, InterruptedException {
        URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static long rounds(VerifyProcess process) {
        return process.printed()
                .lines()
                .filter(line -> line.startsWith("proven up to "))
                .count();
    }

    private static long equal(Path metrics) throws Exception {
        String found = found(EQUAL, metrics);
        return found.isEmpty() ? 0 : Long.parseLong(found);
    }

    private static Instant until(Path metrics) throws Exception {
        return Instant.ofEpochMilli((long) (Double.parseDouble(found(UNTIL, metrics)) * 1000));
    }

    private static String found(Pattern line, Path metrics) throws Exception {
        Matcher matcher = line.matcher(Files.exists(metrics) ? Files.readString(metrics) : "");
        return matcher.find() ? matcher.group(1) : "";
    }
}
