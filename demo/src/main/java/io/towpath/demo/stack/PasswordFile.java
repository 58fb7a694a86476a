package io.towpath.demo.stack;

import io.towpath.local.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A file in libpq's format ({@code host:port:database:user:password}), so that no password is ever printed. */
final class PasswordFile {

    private PasswordFile() {}

    /** Replaces the file by one line for this server. Only its owner may read it: libpq ignores it otherwise. */
    static Path write(Place place, PostgresServer server) {
        Path file = place.passwords();
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    file,
                    server.host() + ":" + server.port() + ":*:" + server.user() + ":" + escaped(server.password())
                            + "\n");
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static String escaped(String password) {
        return password.replace("\\", "\\\\").replace(":", "\\:");
    }
}
