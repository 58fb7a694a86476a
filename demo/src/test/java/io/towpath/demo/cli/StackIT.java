package io.towpath.demo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.demo.cli.Terminal.Typed;
import io.towpath.demo.stack.Place;
import io.towpath.demo.stack.Reach;
import io.towpath.demo.stack.StackFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./towpath up}, {@code down} and {@code logs}, as typed, with real servers behind them. */
class StackIT {

    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Duration SHORT = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private Terminal terminal;

    @BeforeEach
    void sitDown() {
        terminal = new Terminal(directory);
    }

    @AfterEach
    void leaveNothing() {
        terminal.close();
        await().atMost(SHORT).untilAsserted(() -> assertThat(terminal.left()).isEmpty());
    }

    @Test
    void aDetachedStackIsUsedReadAndEnded() throws Exception {
        Typed up = terminal.type("up", "--detach");
        assertThat(up.exitCode()).as(up.screen()).isZero();
        Map<String, String> reaches = StackFile.read(place()).orElseThrow().reaches().stream()
                .collect(Collectors.toMap(Reach::name, Reach::how));
        assertThat(reaches)
                .hasSize(5)
                .allSatisfy((name, how) -> assertThat(up.screen()).contains(how));

        assertBrokersAnswer(reaches.get("dc1"));
        assertBrokersAnswer(reaches.get("dc2"));
        assertWorkerAnswers(reaches.get("connect-dc1"));
        assertWorkerAnswers(reaches.get("connect-dc2"));
        assertThePasswordIsInAFile(reaches.get("postgres"));

        assertSaysAndEnds(terminal.type("up"), 1, "a stack is already up");
        assertSaysAndEnds(terminal.type("up", "--detach"), 1, "a stack is already up");
        assertSaysAndEnds(terminal.type("logs"), 0, "connect-dc2");
        assertSaysAndEnds(terminal.type("logs", "connect-dc1", "-n", "2"), 0, "INFO");
        assertSaysAndEnds(terminal.type("logs", "supervisor"), 0, "The stack is up.");
        assertSaysAndEnds(terminal.type("logs", "dc3"), 1, "there is no log of 'dc3'");

        assertSaysAndEnds(terminal.type("down"), 0, "the stack is down");
        assertThat(terminal.left()).isEmpty();
        assertSaysAndEnds(terminal.type("down"), 0, "no stack is up");
    }

    @Test
    void ctrlCEndsTheStackInOrder() {
        Typed up = terminal.type("up");
        awaitOnScreen(up, "Ctrl-C ends it");
        up.pressCtrlC();
        assertThat(up.exitCode()).isEqualTo(130);
        assertThat(terminal.left()).isEmpty();
    }

    @Test
    void aKilledForegroundStackLeavesNoServer() {
        Typed up = terminal.type("up");
        awaitOnScreen(up, "postgres is ready");
        List<ProcessHandle> tree = up.tree();
        up.jvm().destroyForcibly();
        await().atMost(SHORT).until(() -> tree.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void aSupervisorEndsWithItsCallerUntilTheHandOver() {
        Typed up = terminal.type("up", "--detach");
        awaitOnScreen(up, "postgres is ready");
        List<ProcessHandle> tree = up.tree();
        assertThat(tree).hasSizeGreaterThan(4);
        up.jvm().destroyForcibly();
        await().atMost(Duration.ofMinutes(2)).until(() -> tree.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void anUnknownOptionIsOneLine() {
        Typed up = terminal.type("up", "--sideways");
        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.screen().lines()).hasSize(1).first().asString().contains("--sideways");
    }

    private static void assertSaysAndEnds(Typed command, int exitCode, String words) {
        assertThat(command.exitCode()).as(command.screen()).isEqualTo(exitCode);
        assertThat(command.screen()).contains(words);
    }

    private static void assertBrokersAnswer(String how) throws ExecutionException, InterruptedException {
        String servers = how.substring(how.indexOf('=') + 1);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }
    }

    private static void assertWorkerAnswers(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    private static void assertThePasswordIsInAFile(String psql) throws IOException {
        Matcher line = Pattern.compile("PGPASSFILE=(\\S+) psql -h \\S+ -p (\\d+) -U (\\S+) postgres")
                .matcher(psql);
        assertThat(line.matches()).as(psql).isTrue();
        Path file = Path.of(line.group(1));
        assertThat(file).content().matches("\\S+:" + line.group(2) + ":\\*:" + line.group(3) + ":\\S+\\s");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private static void awaitOnScreen(Typed command, String words) {
        await().atMost(LONG)
                .until(
                        command::screen,
                        screen -> screen.contains(words) || !command.process().isAlive());
        assertThat(command.screen()).contains(words);
    }

    private Place place() {
        return new Place(terminal.state());
    }
}
