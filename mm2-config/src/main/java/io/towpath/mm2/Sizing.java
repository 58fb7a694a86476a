package io.towpath.mm2;

/**
 * How a flow is dimensioned.
 *
 * @param name the packaged sizing: throughput or latency
 * @param tasks at most so many tasks; MM2 deals the partitions round-robin
 * @param maxRequestBytes the largest record that the flow can carry, before compression
 */
public record Sizing(String name, int tasks, int maxRequestBytes) {

    /** The sizing for moving a backlog. One task would be one consumer and one producer for everything. */
    public static Sizing throughput(int tasks) {
        return new Sizing("throughput", tasks, 20 * 1024 * 1024);
    }
}
