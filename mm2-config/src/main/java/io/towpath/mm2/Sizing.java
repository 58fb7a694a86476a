package io.towpath.mm2;

import java.util.Map;

/**
 * How a flow is dimensioned.
 *
 * @param name the packaged sizing: throughput or latency
 * @param tasks at most so many tasks; MM2 deals the partitions round-robin
 * @param maxRequestBytes the largest record that the flow can carry, before compression
 */
public record Sizing(String name, int tasks, int maxRequestBytes) {

    /**
     * The keys of the packaged sizing. Without exactly-once there is no transaction to bound, and several requests in
     * flight could change the order: a producer of Connect is not idempotent by itself.
     */
    Map<String, String> keys(boolean exactlyOnce, Map<String, String> places) {
        Map<String, String> keys = Template.load("sizing", name).fill(places);
        if (!exactlyOnce) {
            keys.keySet()
                    .removeIf(key ->
                            key.startsWith("transaction.") || key.endsWith(".max.in.flight.requests.per.connection"));
        }
        return keys;
    }

    /** The sizing for moving a backlog. One task would be one consumer and one producer for everything. */
    public static Sizing throughput(int tasks) {
        return new Sizing("throughput", tasks, 20 * 1024 * 1024);
    }
}
