package io.towpath.local.embedded;

import io.towpath.local.process.ServerProcess;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The servers of a stack, in the order of their creation; no two have the same name. */
final class Roster {

    private final List<ServerProcess> servers = new CopyOnWriteArrayList<>();

    synchronized <S extends ServerProcess> S add(S server) {
        if (servers.stream().anyMatch(other -> other.name().equals(server.name()))) {
            throw new IllegalArgumentException("there is a server named " + server.name() + " already");
        }
        servers.add(server);
        return server;
    }

    List<ServerProcess> all() {
        return servers;
    }

    <S extends ServerProcess> List<S> of(Class<S> kind) {
        return servers.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
