package io.towpath.local.database;

import io.towpath.local.StartFailure;
import io.towpath.local.process.Home;
import io.towpath.local.process.LogTail;
import io.towpath.local.process.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** MariaDB's programs, as module {@code local/mariadb-11.4} unpacks them. */
record MariaDbProgram(Path home) implements BinlogProgram {

    // A killed process leaves its writes to the operating system: syncing guards against power cuts only, and on a busy
    // disk a start takes a minute with it.
    private static final String NO_SYNC = "--debug-no-sync";
    private static final String NO_INNODB_SYNC = "--innodb-flush-method=nosync";

    /** @throws IllegalStateException if the module was not built */
    static MariaDbProgram unpacked() {
        Path home = Home.path().resolve("local/mariadb-11.4/target/mariadb");
        if (!Files.isDirectory(home.resolve("bin"))) {
            throw new IllegalStateException(home + " is missing: run mvn -B verify -pl local/mariadb-11.4 -am");
        }
        makeExecutable(home.resolve("bin"));
        makeExecutable(home.resolve("scripts"));
        return new MariaDbProgram(home);
    }

    /** A jar does not keep this. */
    private static void makeExecutable(Path folder) {
        try (Stream<Path> programs = Files.list(folder)) {
            if (!programs.allMatch(program -> program.toFile().setExecutable(true))) {
                throw new IllegalStateException("cannot make the programs in " + folder + " executable");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    @Override
    public void initialise(Place place) {
        if (Files.isDirectory(place.data())) {
            return;
        }
        try {
            Path unfinished = Files.createTempDirectory(place.directory(), "install-");
            int code = BinlogProgram.run(
                    place,
                    home.resolve("scripts/mariadb-install-db").toString(),
                    "--no-defaults",
                    "--basedir=" + home,
                    "--datadir=" + unfinished,
                    "--auth-root-authentication-method=socket",
                    "--skip-test-db",
                    "--skip-name-resolve",
                    "--innodb-log-file-size=16M",
                    NO_SYNC,
                    NO_INNODB_SYNC);
            if (code != 0) {
                throw new StartFailure(place.name() + " did not start: mariadb-install-db ended with exit code " + code
                        + ":\n" + LogTail.of(place.log()));
            }
            Files.move(unfinished, place.data());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the data folder of " + place.name(), e);
        }
    }

    @Override
    public List<String> serve(Place place, Path statements) {
        return List.of(
                home.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--datadir=" + place.data(),
                "--tmpdir=" + BinlogProgram.temporary(place),
                "--lc-messages-dir=" + home.resolve("share"),
                "--user=" + System.getProperty("user.name"), // as root it must be told so
                "--bind-address=127.0.0.1",
                "--port=" + place.port(),
                "--skip-name-resolve",
                "--socket=server.sock", // in the data folder: the path of a socket must be short
                "--init-file=" + statements,
                "--server-id=1",
                "--log-bin=binlog",
                "--binlog-format=ROW",
                "--binlog-row-image=FULL",
                "--binlog-row-metadata=FULL",
                "--gtid-strict-mode=ON",
                "--innodb-log-file-size=16M",
                "--innodb-buffer-pool-size=64M",
                "--innodb-flush-log-at-trx-commit=2",
                NO_SYNC,
                NO_INNODB_SYNC);
    }

    @Override
    public String client() {
        return home.resolve("bin/mariadb").toString();
    }
}
