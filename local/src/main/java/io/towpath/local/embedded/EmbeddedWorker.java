package io.towpath.local.embedded;

import io.towpath.local.ConnectWorker;
import io.towpath.local.process.Launch;
import io.towpath.local.process.Nursery;
import io.towpath.local.process.Probe;
import io.towpath.local.process.ServerProcess;
import java.net.URI;

/** One Connect worker. It is ready when its own health check (KIP-1017) says so: it has joined its group. */
final class EmbeddedWorker extends ServerProcess implements ConnectWorker {

    static final String MAIN = "org.apache.kafka.connect.cli.ConnectDistributed";

    private final URI url;

    EmbeddedWorker(Launch launch, Nursery nursery, URI url) {
        super(launch, nursery);
        this.url = url;
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    protected boolean ready() {
        return Probe.answers(url.resolve("/health"));
    }
}
