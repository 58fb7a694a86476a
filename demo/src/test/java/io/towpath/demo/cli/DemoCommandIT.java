package io.towpath.demo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.demo.cli.Terminal.Typed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./towpath demo} as typed: killed, and left up. */
class DemoCommandIT {

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

    /** What Ctrl-C leaves is the same stack's business: StackIT. */
    @Test
    void sigkillInTheMiddleLeavesNoServer() {
        Typed demo = inTheMiddle();
        List<ProcessHandle> tree = demo.tree();
        assertThat(tree).hasSizeGreaterThan(5);
        demo.jvm().destroyForcibly();
        await().atMost(SHORT).until(() -> tree.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void aKeptDemoEndsWithItsVerdictAndItsStackIsEndedByDown() {
        Typed demo =
                terminal.type("demo", "--seconds", "2", "--rate", "20", "--seed", "3", "--patience", "120", "--keep");
        assertThat(demo.exitCode()).as(demo.screen()).isZero();
        assertThat(demo.screen().strip()).endsWith("demo: PASS").contains("psql -h");
        assertThat(terminal.left()).isNotEmpty();
        assertThat(terminal.type("down").exitCode()).isZero();
        assertThat(terminal.left()).isEmpty();
    }

    private Typed inTheMiddle() {
        Typed demo = terminal.type("demo", "--seconds", "120");
        await().atMost(LONG).untilAsserted(() -> assertThat(demo.screen()).contains("mirrored"));
        return demo;
    }
}
