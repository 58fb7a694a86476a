package io.towpath.local;

/** A MariaDB server that writes a row binlog with full images. Linux on x86-64 only. */
public interface MariaDbServer extends DatabaseServer {}
