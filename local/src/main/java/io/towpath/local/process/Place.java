package io.towpath.local.process;

import java.nio.file.Path;

/**
 * Where one server lives.
 *
 * @param directory its configuration and data
 * @param log the file that takes all its output
 * @param port for its clients, the same over restarts
 */
public record Place(String name, Path directory, Path log, int port) {

    public Path data() {
        return directory.resolve("data");
    }
}
