package io.towpath.local;

import java.net.URI;

/** A Connect worker in distributed mode. */
public interface ConnectWorker extends Server {

    /** Root of its REST interface, without a trailing slash. */
    URI url();
}
