package io.towpath.migration.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --checkpoint}: where the proof of a migration is kept between commands. */
final class KeptProof {

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "The proof that is kept and gone on from, as by verify --checkpoint."
                    + " Default: the migration's file with .proof after its name. Without it all is proven anew.")
    private Path checkpoint;

    Path path(MigrationOption migration) {
        Path file = migration.path().toAbsolutePath();
        return checkpoint != null ? checkpoint.toAbsolutePath() : file.resolveSibling(file.getFileName() + ".proof");
    }
}
