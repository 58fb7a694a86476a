package io.towpath.local;

/** A PostgreSQL server with {@code wal_level=logical}. */
public interface PostgresServer extends DatabaseServer {}
