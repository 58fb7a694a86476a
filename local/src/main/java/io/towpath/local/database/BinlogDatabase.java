package io.towpath.local.database;

import io.towpath.local.DatabaseServer;
import io.towpath.local.process.Launch;
import io.towpath.local.process.LogTail;
import io.towpath.local.process.Nursery;
import io.towpath.local.process.Place;
import io.towpath.local.process.Probe;
import io.towpath.local.process.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One server that speaks MySQL's protocol. It is ready when it greets its clients, which it does after crash recovery. */
abstract class BinlogDatabase extends ServerProcess implements DatabaseServer {

    /** One and the same: the server listens on the loopback address only. */
    private static final String USER_AND_PASSWORD = "towpath";

    /** Four bytes of length and number, then the protocol's version. */
    private static final int GREETING = 5;

    private static final char PROTOCOL = 10;

    private final BinlogProgram program;
    private final Place place;

    /** A server on the data of that place; the data is made if there is none. */
    BinlogDatabase(BinlogProgram program, Place place, Nursery nursery) {
        super(launch(program, place), nursery);
        this.program = program;
        this.place = place;
    }

    private static Launch launch(BinlogProgram program, Place place) {
        program.initialise(place);
        return Launch.of(place.name(), program.serve(place, userStatements(place)), place.log());
    }

    private static Path userStatements(Place place) {
        String user = "'" + USER_AND_PASSWORD + "'@'%'";
        try {
            return Files.writeString(
                    place.directory().resolve("user.sql"), """
                    SET sql_log_bin=0;
                    CREATE USER IF NOT EXISTS %s IDENTIFIED BY '%s';
                    GRANT ALL PRIVILEGES ON *.* TO %s WITH GRANT OPTION;
                    """.formatted(user, USER_AND_PASSWORD, user));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the statements that create the user of " + place.name(), e);
        }
    }

    @Override
    protected boolean ready() {
        String greeting = Probe.ask(place.port(), "", GREETING);
        return greeting.length() == GREETING && greeting.charAt(GREETING - 1) == PROTOCOL;
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return place.port();
    }

    @Override
    public String user() {
        return USER_AND_PASSWORD;
    }

    @Override
    public String password() {
        return USER_AND_PASSWORD;
    }

    @Override
    public void createDatabase(String name) {
        String statement = "CREATE DATABASE `" + name.replace("`", "``") + "`";
        if (program.execute(place, user(), password(), statement) != 0) {
            throw new IllegalStateException(
                    name() + " refuses to create database " + name + ": the end of its log:\n" + LogTail.of(log()));
        }
    }
}
