package io.towpath.local;

/** A PostgreSQL server with {@code wal_level=logical} that asks every client for a password. */
public interface PostgresServer extends Server {

    String host();

    int port();

    /** A superuser. */
    String user();

    String password();

    /** URL of a database of this server, without credentials. */
    String jdbcUrl(String database);

    /**
     * Creates an empty database.
     *
     * @throws IllegalStateException if the server refuses, with its reason
     */
    void createDatabase(String name);
}
