package io.towpath.local.embedded;

import io.towpath.local.process.Launch;
import io.towpath.local.process.Nursery;
import io.towpath.local.process.Probe;
import io.towpath.local.process.ServerProcess;

/** MirrorMaker in dedicated mode. It is ready when the REST server that its nodes talk through listens. */
final class EmbeddedMirrorMaker extends ServerProcess {

    static final String MAIN = "org.apache.kafka.connect.mirror.MirrorMaker";
    static final int HEAP_MEGABYTES = 512;

    private final int port;

    EmbeddedMirrorMaker(Launch launch, Nursery nursery, int port) {
        super(launch, nursery);
        this.port = port;
    }

    @Override
    protected boolean ready() {
        return Probe.listens(port);
    }
}
