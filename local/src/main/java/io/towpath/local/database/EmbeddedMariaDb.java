package io.towpath.local.database;

import io.towpath.local.MariaDbServer;
import io.towpath.local.process.Nursery;
import io.towpath.local.process.Place;

/** One MariaDB server. */
public final class EmbeddedMariaDb extends BinlogDatabase implements MariaDbServer {

    private EmbeddedMariaDb(Place place, Nursery nursery) {
        super(MariaDbProgram.unpacked(), place, nursery);
    }

    /** A server on the data of that place; the data is made if there is none. */
    public static EmbeddedMariaDb in(Place place, Nursery nursery) {
        return new EmbeddedMariaDb(place, nursery);
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:mariadb://" + host() + ":" + port() + "/" + database;
    }
}
