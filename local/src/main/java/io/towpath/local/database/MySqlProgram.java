package io.towpath.local.database;

import io.towpath.local.StartFailure;
import io.towpath.local.process.LogTail;
import io.towpath.local.process.Place;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MySQL's programs, where the machine has them on its PATH. */
public record MySqlProgram(Path server, String client) implements BinlogProgram {

    private static final Pattern VERSION = Pattern.compile("Ver (\\d{1,3})\\.(\\d{1,3})");
    private static final int OLDEST = 804;

    /** Empty if there are none; MariaDB's, which may have the same names, are none. */
    public static Optional<MySqlProgram> found() {
        return onPath("mysqld")
                .filter(MySqlProgram::isMySql)
                .flatMap(server -> onPath("mysql").map(client -> new MySqlProgram(server, client.toString())));
    }

    private static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** MySQL 8.4 or newer: older ones have other names for what is set here. */
    private static boolean isMySql(Path server) {
        try {
            Process version = new ProcessBuilder(server.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String words = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher number = VERSION.matcher(words);
            return !words.contains("MariaDB")
                    && number.find()
                    && Integer.parseInt(number.group(1)) * 100 + Integer.parseInt(number.group(2)) >= OLDEST;
        } catch (IOException doesNotRun) {
            return false;
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
                    server.toString(),
                    "--no-defaults",
                    "--initialize-insecure",
                    "--datadir=" + unfinished,
                    "--user=" + System.getProperty("user.name"),
                    "--innodb-redo-log-capacity=16M");
            if (code != 0) {
                throw new StartFailure(place.name() + " did not start: mysqld --initialize ended with exit code " + code
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
                server.toString(),
                "--no-defaults",
                "--datadir=" + place.data(),
                "--tmpdir=" + BinlogProgram.temporary(place),
                "--secure-file-priv=NULL",
                "--user=" + System.getProperty("user.name"), // as root it must be told so
                "--bind-address=127.0.0.1",
                "--port=" + place.port(),
                "--skip-name-resolve",
                "--mysqlx=OFF",
                "--socket=server.sock", // in the data folder: the path of a socket must be short
                "--pid-file=server.pid",
                "--init-file=" + statements,
                "--server-id=1",
                "--log-bin=binlog",
                "--binlog-format=ROW",
                "--binlog-row-image=FULL",
                "--binlog-row-metadata=FULL",
                "--gtid-mode=ON",
                "--enforce-gtid-consistency=ON",
                "--innodb-redo-log-capacity=16M",
                "--innodb-buffer-pool-size=64M",
                "--innodb-flush-log-at-trx-commit=2",
                "--sync-binlog=0"); // a killed process leaves its writes to the operating system
    }
}
