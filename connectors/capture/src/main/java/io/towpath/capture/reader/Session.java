package io.towpath.capture.reader;

import io.towpath.capture.unit.Position;
import io.towpath.capture.unit.Unit;
import java.util.List;
import java.util.Optional;

/** One database, open. Called from one thread, but for {@link #release}. */
public interface Session extends AutoCloseable {

    /**
     * The units that come next; empty, after a short wait, if there are none.
     *
     * @param confirmed up to where Connect has confirmed
     */
    List<Unit> read(Optional<Position> confirmed) throws InterruptedException;

    /** Whether anything was read at all. */
    boolean hasRead();

    /** Whether there is nothing more to come, and the database is to be opened again. */
    boolean finished();

    /** Lets the database forget what lies before {@code position}. */
    void release(Position position) throws InterruptedException;

    @Override
    void close();
}
