package io.towpath.mm2;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The packaged flow {@code disaster-recovery}: a standby copy under MM2's default policy ({@code orders} arrives as
 * {@code dc1.orders}), with checkpoints, so that groups can go on there when the source is lost. Not for a migration: a
 * group that lags reads about its own lag again, and group sync must be stopped before consumers start on the standby.
 *
 * <p>Always: (A) nothing is written to the source, so the standby works when the source is gone; (B) key, value and headers
 * pass as bytes; (C) its worker is attached to the target; (D) only committed records are copied.
 *
 * @param name prefix of the three connectors' names
 * @param topics regular expressions, as MM2 takes them
 * @param groups regular expressions
 */
public record DisasterRecoveryFlow(
        String name, ClusterEnd source, ClusterEnd target, List<String> topics, List<String> groups, Options options) {

    /**
     * How it runs.
     *
     * @param exactlyOnce whether the worker runs with exactly.once.source.support=enabled
     * @param internalReplication replicas of MM2's own topics on the target
     */
    public record Options(Sizing sizing, boolean exactlyOnce, int internalReplication) {}

    /**
     * What the roles do not share in dedicated mode. Its worker says that the source connector writes exactly once; asked
     * to require it, the two others are refused, for they do not know the question.
     */
    private static final Pattern NOT_SHARED =
            Pattern.compile("connector\\.class|exactly\\.once\\.support|.*\\.cluster\\.alias");

    /** The roles, in the order in which they are started. */
    private static final List<String> ROLES = List.of("source", "checkpoint", "heartbeat");

    public DisasterRecoveryFlow {
        topics = List.copyOf(topics);
        groups = List.copyOf(groups);
    }

    /** The three connectors, by name. */
    public Map<String, Map<String, String>> render() {
        Map<String, Map<String, String>> connectors = new TreeMap<>();
        for (String role : ROLES) {
            Map<String, String> config = keys(role);
            config.put("name", name + "-" + role);
            config.putAll(source.under("source.cluster."));
            config.putAll(target.under("target.cluster."));
            connectors.put(name + "-" + role, config);
        }
        return connectors;
    }

    private Map<String, String> keys(String role) {
        Map<String, String> config = new TreeMap<>(
                Template.load("flows", "disaster-recovery-" + role).fill(places()));
        if (role.equals("source")) {
            config.putAll(options.sizing().keys(options.exactlyOnce(), places()));
            if (options.exactlyOnce()) {
                config.put("exactly.once.support", "required");
            }
        }
        return config;
    }

    /**
     * The same as {@code connect-mirror-maker.properties}, for dedicated mode: one process, no Connect cluster, and none of
     * its REST verbs.
     */
    public Map<String, String> properties() {
        Map<String, String> all = new TreeMap<>();
        all.put("clusters", source.alias() + ", " + target.alias());
        all.put("dedicated.mode.enable.internal.rest", "true");
        all.putAll(source.under(source.alias() + "."));
        all.putAll(target.under(target.alias() + "."));
        all.put(target.alias() + ".exactly.once.source.support", options.exactlyOnce() ? "enabled" : "disabled");
        List.of("config", "offset", "status")
                .forEach(storage -> all.put(
                        target.alias() + "." + storage + ".storage.replication.factor",
                        Integer.toString(options.internalReplication())));
        String pair = source.alias() + "->" + target.alias() + ".";
        all.put(pair + "enabled", "true");
        // Without the second, MM2 runs the other direction too, for its heartbeats, and keeps five topics on the
        // source.
        all.put(target.alias() + "->" + source.alias() + ".enabled", "false");
        all.put(target.alias() + "->" + source.alias() + ".emit.heartbeats.enabled", "false");
        // Reversed, so that of keys which roles share the source's value stands.
        for (String role : List.of("heartbeat", "checkpoint", "source")) {
            keys(role).forEach((key, value) -> {
                if (!NOT_SHARED.matcher(key).matches()) {
                    all.put(pair + key, value);
                }
            });
        }
        return all;
    }

    private Map<String, String> places() {
        return Map.of(
                "source.alias", source.alias(),
                "target.alias", target.alias(),
                "topics", String.join(",", topics),
                "groups", String.join(",", groups),
                "internal.replication", Integer.toString(options.internalReplication()),
                "tasks", Integer.toString(options.sizing().tasks()),
                "max.request.size", Integer.toString(options.sizing().maxRequestBytes()));
    }
}
