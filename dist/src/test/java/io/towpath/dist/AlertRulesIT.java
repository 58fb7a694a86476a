package io.towpath.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.Part;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules in the job's archive, by Prometheus' own tool (a package of Debian's: {@code prometheus}). */
class AlertRulesIT {

    @TempDir
    private Path directory;

    @Test
    void theRulesPassTheirTests() {
        Optional<Path> promtool = promtool();
        // The one thing that the build may lack: it is told, and nothing is claimed.
        Assumptions.assumeTrue(
                Part.isHereOrTold(promtool.isPresent(), "no promtool on the PATH; the alert rules are not tested"));
        Path rules = Archives.unpack(Archives.job(), directory).resolve("etc/prometheus");
        Output checked = Output.of(rules, promtool.orElseThrow().toString(), "check", "rules", "alerts.yml");
        assertThat(checked.exitCode()).as(checked.text()).isZero();
        Output tested = Output.of(rules, promtool.orElseThrow().toString(), "test", "rules", "alerts.test.yml");
        assertThat(tested.exitCode()).as(tested.text()).isZero();
    }

    private static Optional<Path> promtool() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
