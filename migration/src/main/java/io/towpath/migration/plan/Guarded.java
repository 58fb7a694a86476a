package io.towpath.migration.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;

/**
 * The settings that decide whether a record is taken, kept and safe. A topic has them from its brokers where it says nothing
 * itself, and the brokers of the other cluster may say something else: they are compared by what holds, not by what is set.
 */
public final class Guarded {

    /** Each as a topic calls it, and as a broker does ({@code ServerTopicConfigSynonyms}). */
    private static final Map<String, String> NAMES = new TreeMap<>(Map.of(
            "cleanup.policy", "log.cleanup.policy",
            "retention.ms", "log.retention.ms",
            "retention.bytes", "log.retention.bytes",
            "min.insync.replicas", "min.insync.replicas",
            "unclean.leader.election.enable", "unclean.leader.election.enable",
            "max.message.bytes", "message.max.bytes",
            "message.timestamp.type", "log.message.timestamp.type",
            "message.timestamp.before.max.ms", "log.message.timestamp.before.max.ms",
            "message.timestamp.after.max.ms", "log.message.timestamp.after.max.ms"));

    public static final List<String> KEYS = List.copyOf(NAMES.keySet());

    private static final long MINUTE = 60_000;

    private Guarded() {}

    /** What a topic would have from this broker; a key that the broker does not know, or does not tell, is absent. */
    static Map<String, String> ofBroker(Config broker) {
        Map<String, String> defaults = new HashMap<>();
        NAMES.forEach((key, name) -> put(defaults, key, value(broker, name)));
        if (!defaults.containsKey("retention.ms")) {
            put(defaults, "retention.ms", times(value(broker, "log.retention.minutes"), MINUTE));
        }
        if (!defaults.containsKey("retention.ms")) {
            put(defaults, "retention.ms", times(value(broker, "log.retention.hours"), 60 * MINUTE));
        }
        return defaults;
    }

    private static void put(Map<String, String> defaults, String key, String value) {
        if (value != null) {
            defaults.put(key, value);
        }
    }

    private static String value(Config broker, String name) {
        ConfigEntry entry = broker.get(name);
        return entry == null ? null : entry.value();
    }

    /** Below zero: for ever. */
    private static String times(String number, long millis) {
        return number == null ? null : Long.toString(Math.max(-1, Long.parseLong(number) * millis));
    }
}
