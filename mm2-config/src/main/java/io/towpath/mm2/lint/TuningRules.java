package io.towpath.mm2.lint;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Rules about keys that do nothing, or less than they should. */
final class TuningRules {

    /** What MM2 keeps of a cluster's keys for its own clients ({@code MirrorClientConfig.CLIENT_CONFIG_DEF}). */
    static final Pattern CLUSTER_KEY = Pattern.compile("bootstrap\\.servers|security\\.protocol|(sasl|ssl)\\..*");

    /** Names of before 4.0, and what says it now. */
    private static final Map<String, String> REMOVED = new TreeMap<>(Map.of(
            "topics.blacklist", "topics.exclude",
            "groups.blacklist", "groups.exclude",
            "config.properties.blacklist", "config.properties.exclude",
            "use.incremental.alter.configs", "nothing"));

    static final List<Rule> ALL = List.of(
            Rule.ofSource(
                    "ineffective-key",
                    "Below source.cluster. and target.cluster. MM2 keeps addresses and security and drops the rest:"
                            + " source.cluster.max.poll.records=50000, as published guides have it, changes nothing."
                            + " producer.* tunes the producer of offset-syncs, not the one that writes your records.",
                    "source.consumer.* for the reader, producer.override.* for the writer",
                    TuningRules::ineffective),
            new Rule(
                    "removed-key",
                    "MM2 4 no longer knows the old names, and no unknown key is refused: with topics.blacklist nothing"
                            + " is left out, every topic that topics names is mirrored.",
                    "topics.exclude, groups.exclude, config.properties.exclude; nothing for"
                            + " use.incremental.alter.configs, which is always so now",
                    (flows, found) -> flows.forEach(flow -> REMOVED.forEach((old, now) -> {
                        if (flow.has(old)) {
                            found.at(flow, old, "has no effect since Kafka 4.0; wanted: " + now);
                        }
                    }))),
            Rule.ofSource(
                    "one-task",
                    "tasks.max is 1 by default: one consumer and one producer for everything."
                            + " 52,000 records/s against 273,000 with a tuned flow of two (358-byte events, two cores).",
                    "tasks.max near the number of partitions, at most what the workers' cores carry",
                    (flow, found) -> {
                        if (flow.get("tasks.max", "1").equals("1")) {
                            found.at(flow, "tasks.max", DataRules.given(flow, "tasks.max") + "; wanted: more than 1");
                        }
                    }),
            Rule.ofSource(
                    "small-batches",
                    "The writer's defaults, 16 KB per batch and no wait, bound a flow by its round trips: 5 MB/s could"
                            + " not be mirrored over a link of 128 MB/s.",
                    "producer.override.batch.size of 262144 or more and producer.override.linger.ms of 50",
                    (flow, found) -> {
                        if (!flow.has("producer.override.batch.size")) {
                            found.at(flow, "producer.override.batch.size", "nothing given; wanted: 65536 or more");
                        }
                    }),
            Rule.ofSource(
                    "slow-refresh",
                    "New topics, partitions and configs are looked for every 600 s by default: so long a new topic is"
                            + " not mirrored, and records that producers write to it wait.",
                    "refresh.topics.interval.seconds, or refresh.topics.enabled=false where topics are created by plan",
                    (flow, found) -> {
                        if (!flow.is("refresh.topics.enabled", "false")
                                && !flow.has("refresh.topics.interval.seconds")) {
                            found.at(flow, "refresh.topics.interval.seconds", "nothing given; wanted: an interval");
                        }
                    }));

    private TuningRules() {}

    private static String client(String key) {
        return key.replaceFirst("^(consumer|producer|admin)\\.", "");
    }

    private static void ineffective(Flow flow, Rule.Found found) {
        for (String side : List.of("source.cluster.", "target.cluster.")) {
            for (String key : flow.below(side)) {
                if (!key.equals("alias") && !CLUSTER_KEY.matcher(key).matches()) {
                    found.at(
                            flow,
                            side + key,
                            "has no effect; wanted: source.consumer." + client(key) + " or producer.override."
                                    + client(key));
                }
            }
        }
        for (String key : flow.below("producer.")) {
            if (!key.startsWith("override.")) {
                found.at(flow, "producer." + key, "tunes offset-syncs only; wanted: producer.override." + key);
            }
        }
    }
}
