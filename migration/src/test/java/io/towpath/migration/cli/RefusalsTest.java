package io.towpath.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.connect.ScriptedWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What plan, mirror, mm2 and connect refuse before they have changed anything: the words, and exit code 1. */
class RefusalsTest {

    private static final String NOBODY = ", default.api.timeout.ms: 300, request.timeout.ms: 200}";

    @TempDir
    private Path folder;

    private String file;

    @BeforeEach
    void write() throws IOException {
        file = put("m.yaml", """
                name: m
                source: {alias: dc1, bootstrap.servers: "localhost:1"%s
                target: {alias: dc2, bootstrap.servers: "localhost:2"%s
                topics: [orders]
                """.formatted(NOBODY, NOBODY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plan -f FILE --leave topics     | --leave: [topics] given; wanted: of [acls, quotas, replication, scram]",
                "plan -f FILE --throttle fast    | 'fast' given; wanted: a rate such as 20MB/s",
                "plan -f FILE                    | dc1.bootstrap.servers: localhost:1 given; wanted: brokers that answer",
                "mirror -f FILE --throttle 0MB/s | '0MB/s' given; wanted: a rate such as 20MB/s",
                "mirror -f FILE                  | connect.url: nothing given; wanted: http://host:port of the worker",
                "mm2 render -f FILE --flow other | --flow: other given; wanted: migrate or disaster-recovery",
                "mm2 render -f FILE --properties | --properties given; wanted: --flow disaster-recovery with it",
                "mm2 lint absent.json            | absent.json: cannot be read; wanted: connector JSON",
                "lag -f FILE --looks 1           | --looks: 1 given; wanted: at least 2",
                "plan -f absent.yaml             | absent.yaml: no such file; wanted: a migration.yaml",
            })
    void anOptionIsRefusedInWords(String command, String words) {
        assertRefused(words, command.replace("FILE", file).split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                       | c.json: not JSON, line 1",
                "[1]                     | c.json: no JSON object; wanted: {\"name\": …, \"config\": {…}}",
                "{\"config\": {\"k\": \"v\"}} | c.json: name: nothing given; wanted: the connector's name",
            })
    void aConnectorsFileIsRefusedInWords(String text, String words) throws IOException {
        assertRefused(words, "connect", "diff", "--url", "http://localhost:1", put("c.json", text));
    }

    @Test
    void aPlanThatNobodyWroteIsRefused() throws IOException {
        put("m.plan.json", "{");
        assertRefused(
                "m.plan.json: cannot be read; wanted: what plan --apply wrote there, or no such file",
                "mm2",
                "render",
                "-f",
                file);
    }

    @Test
    void aFolderThatCannotBeWrittenToIsRefused() throws IOException {
        String taken = put("taken", "");
        assertRefused("cannot be written", "mm2", "render", "-f", file, "--flow", "disaster-recovery", "--out", taken);
    }

    @Test
    void aWorkerThatIsNoneIsToldAsWhatItIs() throws IOException {
        try (ScriptedWorker worker = new ScriptedWorker().on("GET /connectors", 200, "<html>")) {
            CommandRun run =
                    CommandRun.of("connect", "status", "--url", worker.uri().toString());
            assertThat(run.exit()).isEqualTo(Exit.STOPPED);
            assertThat(run.err()).contains("GET /connectors answered with something that is not JSON");
        }
    }

    private static void assertRefused(String words, String... command) {
        CommandRun run = CommandRun.of(command);
        assertThat(run.err()).contains(words).doesNotContain("Exception");
        assertThat(run.exit()).isEqualTo(Exit.BAD_INPUT);
    }

    private String put(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
