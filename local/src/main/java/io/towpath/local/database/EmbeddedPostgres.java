package io.towpath.local.database;

import io.towpath.local.PostgresServer;
import io.towpath.local.process.Launch;
import io.towpath.local.process.Nursery;
import io.towpath.local.process.Place;
import io.towpath.local.process.ServerProcess;

/** One PostgreSQL server. */
public final class EmbeddedPostgres extends ServerProcess implements PostgresServer {

    private final int port;

    private EmbeddedPostgres(Launch launch, Nursery nursery, int port) {
        super(launch, nursery);
        this.port = port;
    }

    /** A server on the data of that place; the data is made if there is none. */
    public static EmbeddedPostgres in(Place place, Nursery nursery) {
        PostgresProgram program = PostgresProgram.unpacked();
        PostgresData.initialise(place, program);
        // INT is PostgreSQL's fast shutdown: it does not wait for its clients
        Launch launch = Launch.of(place.name(), PostgresData.serve(program, place), place.log())
                .withStopSignal("INT");
        return new EmbeddedPostgres(launch, nursery, place.port());
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    protected boolean ready() {
        return takesConnections();
    }
}
