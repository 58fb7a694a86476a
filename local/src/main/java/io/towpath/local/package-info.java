/**
 * Real servers on this machine: Kafka brokers, Connect workers and databases, each a process of its own that can be
 * killed, paused and restarted on the same data. {@link io.towpath.local.Stack} is the way in.
 */
package io.towpath.local;
