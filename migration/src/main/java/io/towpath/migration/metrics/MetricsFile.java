package io.towpath.migration.metrics;

import io.towpath.migration.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file for the textfile collector of a node exporter; it is replaced as a whole.
 *
 * <p>Always: who shows something goes on. A full disk ends no switch, and leaves no flow without its guard.
 */
public record MetricsFile(Path file) implements Outlet {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsFile.class);

    /** @throws BadInput when its folder is not there or cannot be written */
    public MetricsFile {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isWritable(folder)) {
            throw new BadInput("--metrics: " + file + " given; wanted: a file in a folder that can be written");
        }
    }

    @Override
    public void show(Exposition gauges) {
        try {
            Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), gauges.text());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("--metrics: {} is as it was, it cannot be written: {}", file, e.toString());
        }
    }
}
