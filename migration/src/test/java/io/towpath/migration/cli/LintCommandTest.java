package io.towpath.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {

    @Test
    void findingsComeWithTheirRepairAndExitTwo(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("mm2.json"),
                "{\"name\":\"m\",\"config\":{\"connector.class\":\"org.apache.kafka.connect.mirror.MirrorSourceConnector\"}}");
        CommandRun run = CommandRun.of("mm2", "lint", file.toString());
        assertThat(run.exit()).isEqualTo(Exit.DIFFER);
        assertThat(run.out())
                .contains("m: header-converter: header.converter: nothing given; wanted: ")
                .contains("  repair: header.converter=");
        assertThat(run.lastLine()).matches("lint: 1 flow, \\d+ findings");
    }

    @Test
    void aFileWithoutAMirrorIsBadInputAndNoAllClear(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("sink.json"), "{\"connector.class\":\"io.example.Sink\"}");
        CommandRun run = CommandRun.of("mm2", "lint", file.toString());
        assertThat(run.exit()).isEqualTo(Exit.BAD_INPUT);
        assertThat(run.err()).contains("sink.json: no MirrorMaker 2 connector in it; wanted: one of connector.class");
    }

    @Test
    void aFileThatIsNoneIsBadInput(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x.json"), "{");
        assertThat(CommandRun.of("mm2", "lint", file.toString()).exit()).isEqualTo(Exit.BAD_INPUT);
        assertThat(CommandRun.of("mm2", "lint", "absent").err()).contains("absent: cannot be read");
    }
}
