package io.towpath.migration.cli;

import io.towpath.migration.config.Migration;
import io.towpath.migration.config.MigrationFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code -f migration.yaml}, shared by the commands that need one. */
final class MigrationOption {

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The migration, e.g. migration.yaml")
    private Path file;

    Path path() {
        return file;
    }

    Migration read() {
        return MigrationFile.read(file);
    }
}
