package io.towpath.demo.stack;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.PostgresServer;

/**
 * How a person reaches one part of a stack.
 *
 * @param name the cluster's or server's name
 * @param how an address or a command line, without a secret
 */
public record Reach(String name, String how) {

    public static Reach of(KafkaCluster cluster) {
        return new Reach(cluster.name(), "bootstrap.servers=" + cluster.bootstrapServers());
    }

    public static Reach of(ConnectWorker worker) {
        return new Reach(worker.name(), worker.url().toString());
    }

    /** A {@code psql} line; the password is read from {@link PasswordFile}. */
    public static Reach of(PostgresServer server, String database, Place place) {
        return new Reach(
                server.name(),
                "PGPASSFILE=" + PasswordFile.write(place, server) + " psql -h " + server.host() + " -p " + server.port()
                        + " -U " + server.user() + " " + database);
    }
}
