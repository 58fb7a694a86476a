package io.towpath.migration.switchover.step;

import io.towpath.migration.config.Switching;
import io.towpath.migration.config.TopicSelection;
import io.towpath.migration.journal.Side;
import io.towpath.migration.plan.TopicDifference;
import io.towpath.migration.switchover.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.common.TopicPartition;

/**
 * What somebody has changed since the plan was applied: topics, partitions, settings. No flow carries those over.
 *
 * @param wish what migration.yaml says under topics, before a plan named them one by one
 */
record Drift(Scene scene, TopicSelection wish) {

    /**
     * One sentence each, with what mends it. On the way back only what would lose records: no plan goes that way, and
     * nobody shall be kept from going back by less. The rest is told.
     */
    List<String> lacks() {
        List<String> lacks = new ArrayList<>();
        topics(lacks);
        partitions(lacks);
        settings(lacks);
        return lacks;
    }

    private void topics(List<String> lacks) {
        Set<String> appeared = new TreeSet<>(wish.resolve(scene.fromView().topics()));
        scene.topics().forEach(appeared::remove);
        for (String topic : appeared) {
            String line = topic + " of " + scene.fromCluster() + " is not in the plan, and would be left behind";
            if (scene.from() == Side.SOURCE) {
                lacks.add(line + "; towpath plan --apply --accept-drift takes it in, then towpath mirror");
            } else {
                scene.acts().say(line);
            }
        }
    }

    private void partitions(List<String> lacks) {
        Set<TopicPartition> here = scene.fromView().partitions(scene.topics());
        Set<TopicPartition> there = scene.toView().partitions(scene.topics());
        Set<String> differing = new TreeSet<>();
        here.stream().filter(tp -> !there.contains(tp)).forEach(tp -> differing.add(tp.topic()));
        there.stream().filter(tp -> !here.contains(tp)).forEach(tp -> differing.add(tp.topic()));
        String mended = scene.from() == Side.SOURCE
                ? "towpath plan --apply --accept-drift mends it"
                : "make them as many with kafka-topics";
        differing.forEach(topic -> lacks.add(topic + " has not as many partitions on " + scene.fromCluster() + " as on "
                + scene.toCluster() + "; " + mended));
    }

    private void settings(List<String> lacks) {
        boolean told =
                scene.from() == Side.TARGET || scene.switching().accepted().contains(Switching.CONFIG_DRIFT);
        Map<String, Config> here = scene.fromView().settings(scene.topics());
        Map<String, Config> there = scene.toView().settings(scene.topics());
        new TreeMap<>(here).forEach((topic, settings) -> {
            for (Setting setting : differing(settings, there.get(topic))) {
                String line = topic + ": " + setting.key() + " is " + setting.here() + " on " + scene.fromCluster()
                        + " and " + setting.there() + " on " + scene.toCluster();
                String mended =
                        setting.ownHere() ? "towpath plan --apply mends it" : "set it alike with kafka-configs.sh";
                if (told) {
                    scene.acts().say(line);
                } else {
                    lacks.add(line + "; " + mended + ", or switch.accept: [" + Switching.CONFIG_DRIFT + "]");
                }
            }
        });
    }

    /** A key that is not worth the same on both sides. A plan carries only what a topic has a value of its own for. */
    record Setting(String key, String here, String there, boolean ownHere) {}

    /** Keys that either topic has a value of its own for, and whose values differ. */
    static List<Setting> differing(Config here, Config there) {
        Set<String> ownHere = own(here);
        Set<String> either = new TreeSet<>(ownHere);
        either.addAll(own(there));
        return either.stream()
                .map(key -> new Setting(key, value(here, key), value(there, key), ownHere.contains(key)))
                .filter(setting -> !setting.here().equals(setting.there()))
                .toList();
    }

    private static Set<String> own(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.source() == ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .map(ConfigEntry::name)
                .filter(TopicDifference::carried)
                .collect(Collectors.toSet());
    }

    private static String value(Config config, String key) {
        ConfigEntry entry = config.get(key);
        return entry == null || entry.value() == null ? "not known" : entry.value();
    }
}
