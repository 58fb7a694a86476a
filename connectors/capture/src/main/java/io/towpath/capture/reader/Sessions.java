package io.towpath.capture.reader;

import io.towpath.capture.unit.Position;
import java.util.Optional;

/** Opens one database for reading. */
public interface Sessions {

    /**
     * The database, ready to be read.
     *
     * @param resume where to read on; empty where nothing was ever read
     * @throws Exception the database cannot be read now
     */
    Session open(Optional<Position> resume) throws Exception;
}
