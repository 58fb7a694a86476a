package io.towpath.local.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReaperMainTest {

    private Process process;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder("sleep", "60").start();
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void aLineFindsItsProcess() {
        assertThat(ReaperMain.find(ReaperMain.line(process.toHandle()))).contains(process.toHandle());
    }

    @Test
    void anIdThatBelongsToALaterProcessIsLeftAlone() {
        String line = ReaperMain.line(process.toHandle());
        long start = Long.parseLong(line.substring(line.indexOf(' ') + 1));
        assertThat(ReaperMain.find(process.pid() + " " + (start - 60_000))).isEmpty();
    }

    @Test
    void aProcessThatIsGoneIsNotFound() throws InterruptedException {
        String line = ReaperMain.line(process.toHandle());
        process.destroyForcibly().waitFor();
        assertThat(ReaperMain.find(line)).isEmpty();
    }
}
