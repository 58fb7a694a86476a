package io.towpath.migration.switchover.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static ConfigEntry entry(String key, String value, ConfigSource source) {
        return new ConfigEntry(
                key, value, source, false, false, List.of(), ConfigEntry.ConfigType.STRING, "of no account here");
    }

    private static ConfigEntry own(String key, String value) {
        return entry(key, value, ConfigSource.DYNAMIC_TOPIC_CONFIG);
    }

    private static ConfigEntry byDefault(String key, String value) {
        return entry(key, value, ConfigSource.DEFAULT_CONFIG);
    }

    @Test
    void aValueOfATopicsOwnThatDiffersIsDriftOnWhicheverSideItIs() {
        Config changed = new Config(List.of(own("retention.ms", "1000"), own("min.insync.replicas", "2")));
        Config asPlanned = new Config(List.of(own("retention.ms", "9000"), byDefault("min.insync.replicas", "1")));
        assertThat(Drift.differing(changed, asPlanned))
                .containsExactly(
                        new Drift.Setting("min.insync.replicas", "2", "1", true),
                        new Drift.Setting("retention.ms", "1000", "9000", true));
        assertThat(Drift.differing(asPlanned, changed))
                .containsExactly(
                        new Drift.Setting("min.insync.replicas", "1", "2", false),
                        new Drift.Setting("retention.ms", "9000", "1000", true));
    }

    @Test
    void theSameValueAndBrokersDefaultsAndWhatNoPlanCarriesAreNoDrift() {
        Config here = new Config(List.of(
                own("cleanup.policy", "delete"),
                byDefault("segment.bytes", "1"),
                own("message.timestamp.type", "LogAppendTime"),
                own("leader.replication.throttled.replicas", "0:1")));
        Config there = new Config(List.of(
                byDefault("cleanup.policy", "delete"),
                byDefault("segment.bytes", "2"),
                own("message.timestamp.type", "CreateTime"),
                own("message.timestamp.after.max.ms", "9")));
        assertThat(Drift.differing(here, there)).isEmpty();
    }

    @Test
    void aKeyThatTheOtherSideDoesNotKnowIsDrift() {
        Config newer = new Config(List.of(own("a.new.key", "x")));
        assertThat(Drift.differing(newer, new Config(List.of())))
                .containsExactly(new Drift.Setting("a.new.key", "x", "not known", true));
    }
}
