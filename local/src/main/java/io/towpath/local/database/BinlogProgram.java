package io.towpath.local.database;

import io.towpath.local.StartFailure;
import io.towpath.local.process.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The programs of a server that speaks MySQL's protocol. */
interface BinlogProgram {

    /** Makes the data folder, complete or not at all. */
    void initialise(Place place);

    /** The command of a server that runs {@code statements} when it starts. */
    List<String> serve(Place place, Path statements);

    String client();

    /** Runs a statement as a client; its messages go to the server's log. */
    default int execute(Place place, String user, String password, String statement) {
        return run(
                place,
                client(),
                "--no-defaults",
                "--protocol=tcp",
                "--host=127.0.0.1",
                "--port=" + place.port(),
                "--user=" + user,
                "--password=" + password,
                "--execute=" + statement);
    }

    /** Runs a program to its end; its words go to the server's log. */
    static int run(Place place, String... command) {
        try {
            ProcessBuilder process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(place.log().toFile()));
            process.environment().put("TMPDIR", temporary(place).toString());
            return process.start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command[0], e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while running " + command[0], e);
        }
    }

    /** Not the machine's: a server that starts deletes what it takes for its own leftovers there, also another's. */
    static Path temporary(Place place) {
        try {
            return Files.createDirectories(place.directory().resolve("tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the folder for temporary files of " + place.name(), e);
        }
    }
}
