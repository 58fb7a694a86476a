package io.towpath.capture.binlog;

import java.util.Optional;

/**
 * A place between two transactions of a binlog, told by the transactions before it. Its text is the server's own way to
 * write it. Those of one product compare with each other, and with no others.
 */
public interface Gtids {

    /** The place behind {@code transaction}. */
    Gtids with(String transaction);

    /** A transaction of {@code other} that this place lies before; empty if it lies before none. */
    Optional<String> before(Gtids other);

    /** Grows with each transaction of a log. */
    long order();

    boolean isEmpty();

    /** Whether this place, written by hand, says of every part of the log with that end where reading is to begin. */
    default boolean isWhole(Gtids end) {
        return true;
    }
}
