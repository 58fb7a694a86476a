package io.towpath.bench.sink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** What we are compared with, as plugin paths. */
final class Peers {
    private Peers() {}

    /** Debezium's JDBC sink from its own archive, fetched once. */
    static Path debezium(Path home) throws IOException, InterruptedException {
        Path folder = home.resolve("bench/target/peers/debezium");
        if (!Files.isDirectory(folder.resolve("debezium-connector-jdbc"))) {
            maven(
                    "-f",
                    home.resolve("bench/peers/pom.xml").toString(),
                    "dependency:unpack",
                    "-DoutputDirectory=" + folder);
        }
        return folder;
    }

    /** Unpacks the schema registry, once: the build does so only where it runs the tests that need it. */
    static void registry(Path home) throws IOException, InterruptedException {
        if (!Files.isDirectory(home.resolve("local/registry-2.6/target/registry"))) {
            String pom = home.resolve("pom.xml").toString();
            maven("-f", pom, "verify", "-DskipTests", "-pl", "local/registry-2.6");
        }
    }

    private static void maven(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q"));
        command.addAll(List.of(arguments));
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IOException("maven could not fetch what we are compared with (exit " + exit + "): " + command);
        }
    }

    /** {@link NothingSink} as a plugin of its own: Connect takes a folder of classes too. */
    static Path nothing(Path home) throws IOException {
        Path folder = home.resolve("bench/target/peers/nothing");
        for (Class<?> type : new Class<?>[] {NothingSink.class, NothingSink.Task.class}) {
            String name = type.getName().replace('.', '/') + ".class";
            Path file = folder.resolve("nothing-sink").resolve(name);
            Files.createDirectories(file.getParent());
            try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
                Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return folder;
    }
}
