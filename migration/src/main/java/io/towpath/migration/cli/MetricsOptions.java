package io.towpath.migration.cli;

import io.towpath.migration.BadInput;
import io.towpath.migration.metrics.Exposition;
import io.towpath.migration.metrics.MetricsFile;
import io.towpath.migration.metrics.MetricsServer;
import io.towpath.migration.metrics.Outlet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a command that takes its time shows its gauges. */
final class MetricsOptions {

    @Option(
            names = "--metrics",
            paramLabel = "FILE",
            description = "Keeps its gauges there, in Prometheus' text format, for a node exporter.")
    private Path file;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description =
                    "Serves its gauges at /metrics of this port while it runs. Default: ${DEFAULT-VALUE}, not at all")
    private int port;

    /** @throws BadInput when there is a port, and the command does not stay for want of {@code option} */
    void refuseUnless(boolean stays, String option) {
        if (port != 0 && !stays) {
            throw new BadInput(
                    "--metrics-port: " + port + " given without " + option + "; wanted: both, or it ends at once");
        }
    }

    /** @throws BadInput when there is a file, and the command shows gauges with {@code option} alone */
    void refuseFileUnless(boolean shows, String option) {
        if (file != null && !shows) {
            throw new BadInput(
                    "--metrics: " + file + " given without " + option + "; wanted: both, or nothing is written");
        }
    }

    Outlet open() {
        List<Outlet> all = new ArrayList<>();
        if (file != null) {
            all.add(new MetricsFile(file));
        }
        if (port != 0) {
            all.add(new MetricsServer(port));
        }
        return new All(all);
    }

    private record All(List<Outlet> outlets) implements Outlet {
        @Override
        public void show(Exposition gauges) {
            outlets.forEach(outlet -> outlet.show(gauges));
        }

        @Override
        public void close() {
            outlets.forEach(Outlet::close);
        }
    }
}
