package io.towpath.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TowpathTest {

    @ParameterizedTest
    @CsvSource({
        "--nonsense, Unknown option: '--nonsense' (see towpath --help)",
        "nonsense, Unmatched argument at index 0: 'nonsense' (see towpath --help)",
        "connect delete --url http://localhost:1, Missing required parameter: 'NAME' (see towpath connect delete --help)",
    })
    void badUsageIsOneLineAndExitOne(String args, String line) {
        CommandRun run = CommandRun.of(args.split(" "));
        assertThat(run.exit()).isEqualTo(Exit.BAD_INPUT);
        assertThat(run.err().strip()).isEqualTo(line);
    }

    @Test
    void helpIsDoneAndNamesTheExitCodes() {
        CommandRun run = CommandRun.of("--help");
        assertThat(run.exit()).isEqualTo(Exit.DONE);
        assertThat(run.out())
                .contains("Exit codes:", "bad input", "the clusters differ", "stopped half-way", "connect");
    }

    @Test
    void noCommandAtAllShowsTheHelp() {
        assertThat(CommandRun.of()).isEqualTo(CommandRun.of("--help"));
    }

    @Test
    void aFileThatIsNotThereIsBadInput() {
        CommandRun run = CommandRun.of("connect", "apply", "--url", "http://localhost:1", "absent.json");
        assertThat(run.exit()).isEqualTo(Exit.BAD_INPUT);
        assertThat(run.err()).startsWith("towpath connect apply: absent.json: no such file");
    }

    @Test
    void aWorkerThatCannotBeReachedStopsTheCommand() {
        CommandRun run = CommandRun.of("connect", "status", "--url", "http://localhost:1");
        assertThat(run.exit()).isEqualTo(Exit.STOPPED);
        assertThat(run.err()).startsWith("towpath connect status: no answer from the worker at http://localhost:1");
    }
}
