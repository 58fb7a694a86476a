package io.towpath.migration.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file for the textfile collector of a node exporter; it is replaced as a whole. */
public record MetricsFile(Path file) implements Outlet {

    @Override
    public void show(Exposition gauges) {
        try {
            Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), gauges.text());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
