package io.towpath.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderCommandTest {

    @TempDir
    private Path folder;

    private String file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("standby.yaml"), """
                name: standby
                source: {alias: dc1, bootstrap.servers: "one:9092"}
                target: {alias: dc2, bootstrap.servers: "two:9092"}
                topics: [a.b, "/shop\\\\..+/"]
                """).toString();
    }

    /** No cluster is asked: the standby takes what appears. */
    @Test
    void aStandbyIsThreeConnectorsInAFolder() throws IOException {
        Path out = folder.resolve("connectors");
        CommandRun run =
                CommandRun.of("mm2", "render", "-f", file, "--flow", "disaster-recovery", "--out", out.toString());
        assertThat(run.err()).isEmpty();
        assertThat(out)
                .isDirectoryContaining("glob:**standby-source.json")
                .isDirectoryContaining("glob:**standby-checkpoint.json")
                .isDirectoryContaining("glob:**standby-heartbeat.json");
        assertThat(Files.readString(out.resolve("standby-source.json")))
                .contains("\"topics\" : \"a\\\\.b,shop\\\\..+\"");
    }

    @Test
    void aStandbyIsAlsoAFileForDedicatedModeThatTheLinterReads() throws IOException {
        CommandRun run = CommandRun.of("mm2", "render", "-f", file, "--flow", "disaster-recovery", "--properties");
        assertThat(run.out())
                .contains("clusters=dc1, dc2", "dc1->dc2.enabled=true", "dc1->dc2.topics=a\\\\.b,shop\\\\..+");
        Path properties = Files.writeString(folder.resolve("connect-mirror-maker.properties"), run.out());
        assertThat(CommandRun.of("mm2", "lint", properties.toString()).lastLine())
                .endsWith(" 1 findings");
    }

    @Test
    void mistakesAreToldInWords() {
        assertThat(CommandRun.of("mm2", "render", "-f", file, "--flow", "other").err())
                .contains("--flow: other given; wanted: migrate or disaster-recovery");
        assertThat(CommandRun.of("mm2", "render", "-f", file, "--properties").err())
                .contains("--properties given; wanted: --flow disaster-recovery with it");
    }
}
