package io.towpath.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NurseryTest {

    @TempDir
    Path directory;

    private Nursery nursery;

    @BeforeEach
    void open() {
        nursery = new Nursery(directory.resolve("reaper.log"));
    }

    @AfterEach
    void close() {
        nursery.close();
    }

    @Test
    void aProcessBecomesTheProgramAndKeepsItsId() throws Exception {
        Process process = nursery.start(launch("echo", "sh", "-c", "echo I am $$"));
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(directory.resolve("echo.log")).hasContent("I am " + process.pid());
    }

    @Test
    void nothingStartsOnceItIsClosed() {
        nursery.refuseFurther();
        assertThatThrownBy(() -> nursery.start(launch("late", "true")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("late cannot start: its stack is closed");
    }

    @Test
    void closingEndsWhatIsStillThereEvenIfItIsPausedOrDeafToSignals() throws Exception {
        Process deaf = nursery.start(launch("deaf", "sh", "-c", "trap '' TERM; while :; do sleep 60; done"));
        Process paused = nursery.start(launch("paused", "sleep", "60"));
        Signals.send("STOP", List.of(paused.toHandle()));

        nursery.close();

        assertThat(deaf.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(paused.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theTailOfALogIsItsLastLines() throws IOException {
        Path log = Files.writeString(directory.resolve("long.log"), "line\n".repeat(50_000) + "the end\n");
        assertThat(LogTail.of(log).lines()).hasSize(40).endsWith("the end");
    }

    private Launch launch(String name, String... command) {
        return Launch.of(name, List.of(command), directory.resolve(name + ".log"));
    }
}
