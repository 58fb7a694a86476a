package io.towpath.bench.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fetches what we are compared with, once. */
final class Peers {
    private Peers() {}

    /** A plugin path with Debezium's JDBC sink. */
    static Path debezium(Path home) throws IOException, InterruptedException {
        Path folder = home.resolve("bench/target/peers");
        Path plugin = folder.resolve("debezium-jdbc");
        if (!Files.isDirectory(plugin)) {
            int exit = new ProcessBuilder(
                            "mvn",
                            "-B",
                            "-q",
                            "-f",
                            home.resolve("bench/peers/pom.xml").toString(),
                            "dependency:copy-dependencies",
                            "-DoutputDirectory=" + plugin)
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IOException("maven could not fetch bench/peers/pom.xml (exit " + exit + ")");
            }
        }
        return folder;
    }
}
