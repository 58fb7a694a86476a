package io.towpath.migration.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ShownProgressTest {

    @Test
    void aPipeGetsPlainLines() {
        StringWriter err = new StringWriter();
        try (ShownProgress shown = ShownProgress.on(new PrintWriter(err), false)) {
            shown.at(300, 1000, 299);
            shown.at(1000, 1000, 1000);
        }
        assertThat(err.toString().lines())
                .containsExactly(
                        "read 300 of 1000 offsets, 299 records equal", "read 1000 of 1000 offsets, 1000 records equal");
    }

    @Test
    void aTerminalGetsOneLineThatIsDrawnOverItself() {
        PrintStream before = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, UTF_8));
        try (ShownProgress shown = ShownProgress.on(new PrintWriter(before, false, UTF_8), true)) {
            shown.at(300, 1000, 299);
            shown.at(1000, 1000, 1000);
        } finally {
            System.setErr(before);
        }
        // what follows is cut where the terminal ends
        assertThat(err.toString(UTF_8)).contains("verify", "100%", "1000/1000", "\r");
    }
}
