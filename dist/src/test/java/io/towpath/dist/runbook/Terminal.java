package io.towpath.dist.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.dist.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A shell as an operator has it: the folder and the exported names stay from one block to the next. */
final class Terminal {

    private final Path folder;
    private final Path state;

    Terminal(Path folder) {
        this.folder = folder;
        this.state = folder.resolve(".state");
    }

    /** Exports a name, from here on. */
    void export(String name, String value) {
        type(new Block("sh", "export " + name + "='" + value + "'", "set-up", 0));
    }

    /** Types a block; a command that fails fails the test. Returns what was printed. */
    String type(Block block) {
        Path script = folder.resolve(".typed");
        try {
            Files.writeString(
                    script,
                    "[ ! -f '" + state + "' ] || . '" + state + "'\n" + "set -euo pipefail\n" + block.text()
                            + "\n{ export -p; printf 'cd %q\\n' \"$PWD\"; } > '" + state + "'\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Output output = Output.of(folder, "bash", script.toString());
        assertThat(output.exitCode())
                .as("%s says%n%s", block.place(), output.text())
                .isZero();
        return output.text();
    }

    /** Each line of a {@code text} block is a line of what was printed; {@code …} stands for anything. */
    static void assertSeen(Block text, String printed) {
        text.text().lines().filter(line -> !line.isBlank()).forEach(line -> {
            String pattern =
                    Pattern.compile("…").splitAsStream(line).map(Pattern::quote).collect(Collectors.joining(".*"));
            Pattern wanted = Pattern.compile(pattern + (line.endsWith("…") ? ".*" : ""));
            assertThat(printed.lines())
                    .as("%s: a line like «%s» in%n%s", text.place(), line, printed)
                    .anyMatch(seen -> wanted.matcher(seen.stripTrailing()).matches());
        });
    }
}
