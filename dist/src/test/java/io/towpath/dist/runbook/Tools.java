package io.towpath.dist.runbook;

import io.towpath.local.process.Home;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What an operator has on the PATH and a bare machine has not: Kafka's own commands, and {@code unzip}. */
final class Tools {

    private Tools() {}

    /** Writes the commands into a folder. */
    static Path in(Path folder) {
        try {
            Files.createDirectories(folder);
            String kafka = Home.classPathOf("kafka-4.3")
                    + File.pathSeparator
                    + Path.of("target/tools/*").toAbsolutePath();
            write(
                    folder.resolve("kafka-console-consumer.sh"),
                    "exec '" + Home.java() + "' -XX:TieredStopAtLevel=1 -cp '" + kafka
                            + "' org.apache.kafka.tools.consumer.ConsoleConsumer \"$@\"");
            if (missing("unzip")) {
                write(
                        folder.resolve("unzip"),
                        "for last; do :; done\nfor zip in $last; do '"
                                + Path.of(Home.java()).resolveSibling("jar") + "' -xf \"$zip\"; done");
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean missing(String command) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    private static void write(Path command, String script) throws IOException {
        Files.writeString(command, "#!/bin/sh\n" + script + "\n");
        if (!command.toFile().setExecutable(true)) {
            throw new IOException(command + " cannot be made executable");
        }
    }
}
