package io.towpath.local.database;

import io.towpath.local.PostgresServer;
import io.towpath.local.StartFailure;
import io.towpath.local.process.LogTail;
import io.towpath.local.process.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A PostgreSQL data folder, made complete or not at all. */
final class PostgresData {

    private PostgresData() {}

    static void initialise(Place place, PostgresProgram program) {
        Path data = place.data();
        if (Files.isDirectory(data)) {
            return;
        }
        try {
            Path unfinished = Files.createTempDirectory(data.getParent(), "initdb-");
            Path password = Files.writeString(data.resolveSibling("password"), PostgresServer.PASSWORD);
            List<String> command = program.command(
                    "initdb",
                    "--pgdata=" + unfinished,
                    "--username=" + PostgresServer.USER,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--set=wal_level=logical", // in the file, where a test may overrule it
                    "--no-sync");
            int code = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(place.log().toFile()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new StartFailure(place.name() + " did not start: initdb ended with exit code " + code + ":\n"
                        + LogTail.of(place.log()));
            }
            Files.move(unfinished, data);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the data folder of " + place.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while creating the data folder of " + place.name(), e);
        }
    }

    static List<String> serve(PostgresProgram program, Place place) {
        return program.command(
                "postgres",
                "-D",
                place.data().toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "port=" + place.port(),
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_replication_slots=20",
                "-c",
                "max_wal_senders=20",
                "-c",
                "shared_buffers=64MB",
                // A killed process leaves its writes to the operating system: fsync guards against power cuts only.
                "-c",
                "fsync=off",
                "-c",
                "log_line_prefix=%m [%p] ");
    }
}
