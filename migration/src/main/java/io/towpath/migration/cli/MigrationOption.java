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

    /** The migration, its topics named one by one if a plan was applied. */
    Migration read() {
        return plan().over(wish());
    }

    /** The migration as it was written. */
    Migration wish() {
        return MigrationFile.read(file);
    }

    PlanFile plan() {
        return PlanFile.beside(file);
    }
}
