package io.towpath.demo.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code towpath verify --follow} beside the story, run again whenever a cluster that is down has ended it. */
final class FollowedProof implements AutoCloseable {

    private static final int DIFFER = 2;
    private static final Pattern UNTIL = Pattern.compile("(?m)^towpath_proof_proven_until_seconds\\{.*} ([\\d.]+)$");

    private final Path migration;
    private final Path metrics;
    private final Path checkpoint;
    private final Thread thread = new Thread(this::run, "proof");
    private volatile boolean over;
    private volatile String difference;

    FollowedProof(Path migration, Path directory) {
        this.migration = migration;
        this.metrics = directory.resolve("proof.prom");
        this.checkpoint = directory.resolve("proof.followed");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!over) {
            TowpathCommand proof = TowpathCommand.run(
                    "verify",
                    "-f",
                    migration.toString(),
                    "--follow",
                    "--checkpoint",
                    checkpoint.toString(),
                    "--metrics",
                    metrics.toString());
            if (proof.exitCode() == DIFFER) {
                difference = proof.lastLine();
                return;
            }
            if (!over) {
                Waiting.moment();
            }
        }
    }

    /** All that the source had committed by then is judged. */
    Optional<Instant> provenUntil() {
        try {
            Matcher until = UNTIL.matcher(Files.exists(metrics) ? Files.readString(metrics) : "");
            return until.find()
                    ? Optional.of(Instant.ofEpochMilli((long) (Double.parseDouble(until.group(1)) * 1000)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it ended with, when it found something. */
    Optional<String> difference() {
        return Optional.ofNullable(difference);
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
    }
}
