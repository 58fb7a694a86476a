package io.towpath.migration.proof.read;

import io.towpath.migration.BadInput;
import io.towpath.migration.proof.Checkpoint;
import io.towpath.migration.proof.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Keeps a checkpoint in a file that is replaced as a whole: killed at any moment, the old or the new one is there. */
public record CheckpointFile(Path file) {

    /** The checkpoint; {@link Checkpoint#NONE} when there is no file. */
    public Checkpoint read() {
        if (!Files.exists(file)) {
            return Checkpoint.NONE;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Checkpoint.read(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(file + ": no checkpoint of this version; delete it to prove anew", e);
        }
    }

    /**
     * Writes it unless it names a difference: what the target lacked for too long may come yet, and judged again from the
     * last match it is no difference.
     */
    public void keep(Checkpoint checkpoint) {
        if (Verdict.of(checkpoint.results()) instanceof Verdict.Match) {
            write(checkpoint);
        }
    }

    public void write(Checkpoint checkpoint) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            try (OutputStream out = Files.newOutputStream(next)) {
                checkpoint.write(out);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint cannot be kept in " + file, e);
        }
    }
}
