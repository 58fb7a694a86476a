package io.towpath.local.database;

import io.towpath.local.process.Home;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once per checkout from the jar on the class path that fits this machine. */
final class PostgresProgram {

    private final Path home;

    private PostgresProgram(Path home) {
        this.home = home;
    }

    /** @throws IllegalStateException if there is no PostgreSQL for this machine */
    static synchronized PostgresProgram unpacked() {
        Path parent = Home.path().resolve("local/target");
        Path home = parent.resolve("postgres");
        try {
            Files.createDirectories(parent);
            try (FileChannel channel = FileChannel.open(
                            parent.resolve("postgres.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) { // other JVMs of this checkout
                if (held.isValid() && !Files.isDirectory(home)) {
                    Path unfinished = Files.createTempDirectory(parent, "postgres-");
                    unpack(unfinished);
                    Files.move(unfinished, home);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack PostgreSQL into " + home, e);
        }
        return new PostgresProgram(home);
    }

    /** A command line; PostgreSQL refuses to run as root, so root runs it in a user namespace without rights. */
    List<String> command(String program, String... arguments) {
        Stream<String> prefix =
                "root".equals(System.getProperty("user.name")) ? Stream.of("unshare", "-U") : Stream.of();
        Stream<String> path = Stream.of(home.resolve("bin").resolve(program).toString());
        return Stream.of(prefix, path, Stream.of(arguments))
                .flatMap(part -> part)
                .toList();
    }

    private static void unpack(Path target) throws IOException {
        String archive = archiveOf(System.getProperty("os.name"), System.getProperty("os.arch"));
        try (InputStream packed = PostgresProgram.class.getResourceAsStream("/" + archive)) {
            if (packed == null) {
                throw new IllegalStateException("there is no PostgreSQL for this machine: " + archive);
            }
            Process tar = new ProcessBuilder("tar", "-xf", "-", "-C", target.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream in = tar.getOutputStream()) {
                new XZInputStream(packed).transferTo(in);
            }
            if (tar.waitFor() != 0) {
                throw new IOException("tar ended with " + tar.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while unpacking " + archive, e);
        }
    }

    static String archiveOf(String osName, String osArch) {
        String system = osName.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        boolean arm = osArch.equals("aarch64") || osArch.equals("arm64");
        return "postgres-" + system + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
    }
}
