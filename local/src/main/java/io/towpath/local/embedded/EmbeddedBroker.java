package io.towpath.local.embedded;

import io.towpath.local.Login;
import io.towpath.local.process.BrokerProbe;
import io.towpath.local.process.Launch;
import io.towpath.local.process.Nursery;
import io.towpath.local.process.Probe;
import io.towpath.local.process.ServerProcess;

/** One broker. It is ready when it appears, under its own id, in the cluster that it describes. */
final class EmbeddedBroker extends ServerProcess {

    private final int node;
    private final int port;
    private final Login login;

    /** @param login of somebody who may log in; its address is replaced by the port of this broker */
    EmbeddedBroker(Launch launch, Nursery nursery, int node, int port, Login login) {
        super(launch, nursery);
        this.node = node;
        this.port = port;
        this.login = login;
    }

    @Override
    protected boolean ready() {
        return Probe.listens(port) && BrokerProbe.isInItsCluster(login.properties(), "127.0.0.1:" + port, node);
    }
}
