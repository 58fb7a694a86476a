package io.towpath.local.embedded;

import io.towpath.local.process.Launch;
import io.towpath.local.process.Nursery;
import io.towpath.local.process.Probe;
import io.towpath.local.process.ServerProcess;

/** One ZooKeeper. It is ready when it says so, with its own four-letter command. */
final class EmbeddedZookeeper extends ServerProcess {

    static final String MAIN = "org.apache.zookeeper.server.quorum.QuorumPeerMain";
    static final int HEAP_MEGABYTES = 128;

    private final int port;

    EmbeddedZookeeper(Launch launch, Nursery nursery, int port) {
        super(launch, nursery);
        this.port = port;
    }

    @Override
    protected boolean ready() {
        return Probe.ask(port, "srvr", "Zookeeper version".length()).equals("Zookeeper version");
    }
}
