package io.towpath.mm2.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules about topics and groups that are mirrored, or not, against expectation. */
final class TopicRules {

    /** What a Streams application adds to a name. */
    private static final List<String> INTERNAL = List.of("x-changelog", "x-repartition");

    private static final Pattern META = Pattern.compile("[.*+?|()\\[\\]{}^$\\\\]");

    /** Names as the owners of such topics form them. */
    private static final List<String> OTHERS = List.of(
            "app-store-changelog",
            "app-by-key-repartition",
            "connect-offsets",
            "connect-configs",
            "connect-status",
            "_schemas");

    static final List<Rule> ALL = List.of(
            Rule.ofSource(
                    "topics-of-others",
                    "topics=.* also takes Kafka Streams' changelogs and repartition topics, Connect's own topics and"
                            + " _schemas. Two writers then share one topic on the target, and state stores are corrupt.",
                    "name topics one by one, or exclude .*-changelog, .*-repartition, connect-.* and _schemas",
                    TopicRules::others),
            new Rule(
                    "identity-both-ways",
                    "With the identity policy MM2 cannot see that a topic came from the other side: two flows in"
                            + " opposite directions copy each other's copies for ever.",
                    "run one direction at a time",
                    TopicRules::bothWays),
            Rule.ofSource(
                    "replication-factor",
                    "Topics are created with replication.factor=2 by default: less than the source, and less than"
                            + " min.insync.replicas where that is 2 and a broker is away. With 1, as samples have it,"
                            + " a lost broker is lost data, of MM2's own topics too.",
                    "replication.factor=3, or -1 for the target's default, or topics created beforehand",
                    TopicRules::replication),
            Rule.ofSource(
                    "timestamp-limits",
                    "The list of configs that are not synced names log.message.timestamp.before.max.ms, which is a"
                            + " broker's key. The topics' own limits are therefore synced, and a target may refuse"
                            + " records that the source holds: after.max.ms is one hour by default.",
                    "config.properties.exclude with message\\.timestamp\\..*, or sync.topic.configs.enabled=false",
                    (flow, found) -> {
                        if (!flow.is("sync.topic.configs.enabled", "false")
                                && !flow.matches("config.properties.exclude", "", "message.timestamp.after.max.ms")) {
                            found.at(flow, "config.properties.exclude", "does not hold message.timestamp.after.max.ms");
                        }
                    }),
            Rule.ofSource(
                    "syncs-on-source",
                    "MM2 writes its offset-syncs topic to the source by default: it needs the right to create and write"
                            + " there, and what translates the groups' positions is lost with the source.",
                    "offset-syncs.topic.location=target (both connectors), or emit.offset-syncs.enabled=false",
                    (flow, found) -> {
                        if (!flow.is("emit.offset-syncs.enabled", "false")
                                && !flow.is("offset-syncs.topic.location", "target")) {
                            found.at(
                                    flow,
                                    "offset-syncs.topic.location",
                                    DataRules.given(flow, "offset-syncs.topic.location") + "; wanted: target");
                        }
                    }),
            new Rule(
                    "groups-left-out",
                    "groups.exclude is console-consumer-.*, connect-.*, __.* by default: the groups of sink connectors"
                            + " (connect-NAME) get no position on the target and start anew.",
                    "groups.exclude without connect-.*",
                    (flows, found) -> flows.stream()
                            .filter(Flow::isCheckpoint)
                            .filter(flow -> flow.matches(
                                    "groups.exclude", "console-consumer-.*, connect-.*, __.*", "connect-sink"))
                            .forEach(flow -> found.at(flow, "groups.exclude", "leaves out connect-…; wanted: not to"))),
            new Rule(
                    "group-sync-at-switch",
                    "Group sync compares positions only for groups that are empty on the target; a group that was"
                            + " active a moment ago is written without comparison, and rewound.",
                    "stop the checkpoint connector before consumers start on the target",
                    (flows, found) -> flows.stream()
                            .filter(Flow::isCheckpoint)
                            .filter(flow -> flow.is("sync.group.offsets.enabled", "true"))
                            .forEach(flow -> found.at(
                                    flow, "sync.group.offsets.enabled", "true given; wanted: false at the switch"))));

    private TopicRules() {}

    private static void others(Flow flow, Rule.Found found) {
        List<String> caught = new ArrayList<>(OTHERS);
        for (String pattern : flow.list("topics", ".*")) {
            INTERNAL.forEach(internal -> caught.add(literal(pattern) + internal));
        }
        caught.removeIf(topic -> !flow.mirrors(topic));
        if (!caught.isEmpty()) {
            found.at(flow, "topics", DataRules.given(flow, "topics") + "; it takes names like " + caught);
        }
    }

    /** What every name that the pattern matches begins with. */
    private static String literal(String pattern) {
        String plain = pattern.replace("\\.", "\u0000");
        Matcher meta = META.matcher(plain);
        return (meta.find() ? plain.substring(0, meta.start()) : plain).replace('\u0000', '.');
    }

    private static void replication(Flow flow, Rule.Found found) {
        for (String key : List.of(
                "replication.factor",
                "offset-syncs.topic.replication.factor",
                "checkpoints.topic.replication.factor",
                "heartbeats.topic.replication.factor")) {
            boolean own = key.equals("replication.factor"); // the others are 3 by default
            if (own ? !flow.has(key) || few(flow, key) : few(flow, key)) {
                found.at(flow, key, DataRules.given(flow, key) + "; wanted: 3 or -1");
            }
        }
    }

    private static boolean few(Flow flow, String key) {
        return flow.get(key, "3").matches("\\s*[012]\\s*");
    }

    private static void bothWays(List<Flow> flows, Rule.Found found) {
        for (Flow one : flows) {
            for (Flow other : flows) {
                if (!one.equals(other)
                        && one.isSource()
                        && other.isSource()
                        && one.identity()
                        && other.identity()
                        && opposite(one, other)
                        && overlap(one, other)) {
                    found.at(
                            one,
                            "replication.policy.class",
                            "identity here and in " + other.name() + ", which goes the other way; wanted: one of them");
                }
            }
        }
    }

    private static boolean opposite(Flow one, Flow other) {
        return one.get("source.cluster.alias", "source").equals(other.get("target.cluster.alias", "target"))
                && one.get("target.cluster.alias", "target").equals(other.get("source.cluster.alias", "source"));
    }

    /** Any pattern of one that is, or matches, a pattern of the other. */
    private static boolean overlap(Flow one, Flow other) {
        return one.list("topics", ".*").stream()
                        .anyMatch(topic -> other.mirrors(topic)
                                || other.list("topics", ".*").contains(topic))
                || other.list("topics", ".*").stream().anyMatch(one::mirrors);
    }
}
