package io.towpath.local.database;

import io.towpath.local.MySqlServer;
import io.towpath.local.StartFailure;
import io.towpath.local.process.Nursery;
import io.towpath.local.process.Place;

/** One MySQL server, of the programs that this machine has. */
public final class EmbeddedMySql extends BinlogDatabase implements MySqlServer {

    private EmbeddedMySql(MySqlProgram program, Place place, Nursery nursery) {
        super(program, place, nursery);
    }

    /**
     * A server on the data of that place; the data is made if there is none.
     *
     * @throws StartFailure there are no programs
     */
    public static EmbeddedMySql in(Place place, Nursery nursery) {
        MySqlProgram program = MySqlProgram.found()
                .orElseThrow(() -> new StartFailure("no MySQL on the PATH: mysqld and mysql, and not MariaDB's"));
        return new EmbeddedMySql(program, place, nursery);
    }

    /** For MariaDB's driver too, which takes this scheme when it is told to; without TLS it must ask for the server's key. */
    @Override
    public String jdbcUrl(String database) {
        return "jdbc:mysql://" + host() + ":" + port() + "/" + database
                + "?permitMysqlScheme&allowPublicKeyRetrieval=true";
    }
}
