package io.towpath.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the project lies on this machine, and which class paths the children get. */
public final class Home {

    private static final String KEY = "towpath.home";

    private Home() {}

    /** The system property {@code towpath.home}, or the nearest folder upwards that holds the project. */
    public static Path path() {
        String given = System.getProperty(KEY);
        if (given != null) {
            return Path.of(given).toAbsolutePath();
        }
        Path here = Path.of("").toAbsolutePath();
        return Stream.iterate(here, folder -> folder != null, Path::getParent)
                .filter(folder ->
                        Files.isDirectory(folder.resolve(".mvn")) && Files.isDirectory(folder.resolve("local")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no Towpath project at or above " + here + ": set the system property " + KEY));
    }

    /** A server distribution's class path followed by this module's own classes, for the children's small mains. */
    public static String classPathOf(String distribution) {
        Path file = path().resolve("local").resolve(distribution).resolve("target/classpath");
        try {
            return Files.readString(file).strip() + java.io.File.pathSeparator + ownClasses();
        } catch (IOException missing) {
            throw new UncheckedIOException(
                    file + " cannot be read: run mvn -B verify -pl local/" + distribution, missing);
        }
    }

    /** The folder or jar that holds this module. */
    public static String ownClasses() {
        try {
            return Path.of(Home.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("the class path entry of this module is no file", impossible);
        }
    }

    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
