package io.towpath.capture.delegate;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Debezium's jars, out of the worker's sight.
 *
 * <p>A worker scans a plugin's folder for connectors, transforms and converters, and an unversioned config takes the
 * highest version that it finds anywhere: visible Debezium classes would change other teams' connectors. The archive
 * therefore carries them as {@code delegates/*.delegate}, and they are loaded here, below the plugin's own loader, which
 * gives them Connect, slf4j and Jackson. Nor does another team's Debezium change ours: see {@link DelegateLoader}.
 */
public final class DelegateLibrary {

    private static final String FOLDER = "delegates";
    private static final String ENDING = ".delegate";

    /** What takes the place of a class of Debezium must be found before it. */
    private static final Comparator<Path> OURS_FIRST = Comparator.comparing(
                    (Path file) -> !file.getFileName().toString().startsWith("towpath-"))
            .thenComparing(Comparator.naturalOrder());

    private final ClassLoader loader;

    DelegateLibrary(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * The library of this plugin's folder; of the class path, in a program that is no worker and has no such folder. One for
     * the life of the worker: JDBC drivers and thread locals keep a loader alive, so a loader for each task would never be
     * collected.
     */
    public static DelegateLibrary packaged() {
        return Packaged.LIBRARY;
    }

    /** The library of {@code folder}, which holds the {@code .delegate} files. */
    static DelegateLibrary of(Path folder, ClassLoader parent) {
        try (Stream<Path> files = Files.list(folder)) {
            List<URL> urls = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(ENDING))
                    .sorted(OURS_FIRST)
                    .toList()) {
                urls.add(url(file));
            }
            return new DelegateLibrary(new DelegateLoader(urls.toArray(URL[]::new), parent));
        } catch (IOException e) {
            throw new ConnectException(
                    "the plugin's folder " + folder + " cannot be read: unpack the whole archive again", e);
        }
    }

    /** To be the context class loader of every thread that runs the delegate. */
    public ClassLoader loader() {
        return loader;
    }

    /** Whether {@code className} is in the library or can be seen from it. */
    public boolean has(String className) {
        return loader.getResource(className.replace('.', '/') + ".class") != null;
    }

    /** A new {@code className} by its public constructor without arguments. */
    public <T> T instance(String className, Class<T> type) {
        try {
            return type.cast(Class.forName(className, true, loader)
                    .getDeclaredConstructor()
                    .newInstance());
        } catch (ReflectiveOperationException e) {
            throw new ConnectException(className + " cannot be loaded: unpack the plugin's archive again", e);
        }
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }

    /** Loads on first use, once. */
    private static final class Packaged {
        private static final DelegateLibrary LIBRARY = library(folder(), DelegateLibrary.class.getClassLoader());

        private static DelegateLibrary library(Path folder, ClassLoader parent) {
            return Files.isDirectory(folder) ? of(folder, parent) : new DelegateLibrary(parent);
        }

        private static Path folder() {
            try {
                URL jar = DelegateLibrary.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation();
                return Path.of(jar.toURI()).resolveSibling("..").resolve(FOLDER).normalize();
            } catch (URISyntaxException e) {
                throw new ConnectException("the place of the plugin's jar is no path", e);
            }
        }
    }
}
