package io.towpath.capture;

import io.towpath.local.Plugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the packaged plugin to which an operator has added MySQL's driver. */
final class PluginWithDriver {

    private PluginWithDriver() {}

    /** The plugin path, at {@code folder}, which is not there yet. */
    static Path in(Path folder) {
        try (Stream<Path> files = Files.walk(Plugins.capture())) {
            List<Path> all = files.toList();
            for (Path file : all) {
                Files.copy(
                        file, folder.resolve(Plugins.capture().relativize(file).toString()));
            }
            Path driver = Path.of(Class.forName("com.mysql.cj.jdbc.Driver")
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Files.copy(driver, folder.resolve("towpath-capture/lib").resolve(driver.getFileName()));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("the plugin cannot be copied", e);
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException("MySQL's driver is not on the tests' class path", e);
        }
    }
}
