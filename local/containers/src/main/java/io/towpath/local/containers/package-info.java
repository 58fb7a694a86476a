/**
 * The stack in containers, with Testcontainers, on a Linux engine: brokers and PostgreSQL publish their ports on the loopback
 * address, and workers share the machine's network, so that one address of a server is right for clients on both sides.
 */
package io.towpath.local.containers;
