package io.towpath.local;

/** A database server on the loopback address that asks every client for a password. */
public interface DatabaseServer extends Server {

    String host();

    int port();

    /** May do everything. */
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
