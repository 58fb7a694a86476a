package io.towpath.capture.config;

import io.towpath.activity.privacy.Pseudonyms;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;

/**
 * What of an activity may not leave as it is. Fields are named {@code actor.id}, {@code object.id}, {@code data.NAME},
 * {@code context.NAME}.
 *
 * @param pseudonymFields that become pseudonyms
 * @param ipFields that are cut to their network
 * @param emailFields that are cut to their domain
 */
public record PrivacyConfig(
        List<String> pseudonymFields, List<String> ipFields, List<String> emailFields, List<Pseudonyms.Key> keys) {

    static final String FIELDS = "pseudonyms.fields";
    static final String TRUNCATE_IP = "pseudonyms.truncate.ip";
    static final String TRUNCATE_EMAIL = "pseudonyms.truncate.email";
    static final String KEYS = "pseudonyms.keys";

    private static final String ACTOR_ID = "actor.id";
    private static final String GROUP = "Privacy";
    private static final String NAME = "actor\\.id|object\\.id|(data|context)\\..+";

    static void define(ConfigDef def) {
        list(
                def,
                FIELDS,
                1,
                "Fields that become pseudonyms (HMAC-SHA-256): actor.id, object.id, data.NAME, context.NAME.");
        list(def, TRUNCATE_IP, 2, "Fields cut to their network: 192.0.2.0, 2001:db8:1::.");
        list(def, TRUNCATE_EMAIL, 3, "Fields cut to the domain: @example.org.");
        list(
                def,
                KEYS,
                4,
                "Ids of the keys. Each has pseudonyms.keys.ID.secret, at least 16 bytes and best from a ConfigProvider, and,"
                        + " but for the oldest, pseudonyms.keys.ID.from, a time from which on activities get it.");
    }

    /** The keys of each named key. */
    static void define(ConfigDef def, Map<String, String> props) {
        for (String id : ids(props)) {
            def.define(
                    secret(id),
                    ConfigDef.Type.PASSWORD,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ConfigDef.Importance.HIGH,
                    "Secret of key " + id + ".");
            def.define(
                    from(id),
                    ConfigDef.Type.STRING,
                    null,
                    ConfigDef.Importance.MEDIUM,
                    "Time from which on it is used.");
        }
    }

    /** What is wrong, by config key. Never repeats a secret. */
    static Map<String, String> mistakes(Map<String, String> props) {
        Map<String, String> mistakes = new TreeMap<>();
        for (String key : List.of(FIELDS, TRUNCATE_IP, TRUNCATE_EMAIL)) {
            for (String field : Names.in(props, key)) {
                if (!field.matches(NAME)) {
                    mistakes.put(key, "'" + field + "', wanted: actor.id, object.id, data.NAME or context.NAME");
                }
            }
        }
        if (ConsentConfig.asked(props)) {
            Stream.of(TRUNCATE_IP, TRUNCATE_EMAIL)
                    .filter(key -> Names.in(props, key).contains(ACTOR_ID))
                    .forEach(key -> mistakes.put(
                            key,
                            "given " + ACTOR_ID
                                    + ", and there is a consent table: an erasure names its actor whole, wanted: "
                                    + ACTOR_ID + " in " + FIELDS + ", or as it is"));
        }
        if (!Names.in(props, FIELDS).isEmpty() && ids(props).isEmpty()) {
            mistakes.put(KEYS, "no key is given and " + FIELDS + " names fields, wanted: the id of a key");
        }
        Map<String, String> starts = new HashMap<>();
        for (String id : ids(props)) {
            mistakesOf(id, props, starts, mistakes);
        }
        if (!ids(props).isEmpty() && !starts.containsKey("")) {
            mistakes.put(KEYS, "every key has a time, wanted: one without " + from("ID") + ", for what is older");
        }
        return mistakes;
    }

    static PrivacyConfig parse(Map<String, String> props) {
        List<Pseudonyms.Key> keys = new ArrayList<>();
        for (String id : ids(props)) {
            String from = props.get(from(id));
            keys.add(new Pseudonyms.Key(
                    id, new Password(props.get(secret(id))), from == null ? null : Instant.parse(from.strip())));
        }
        return new PrivacyConfig(
                Names.in(props, FIELDS),
                Names.in(props, TRUNCATE_IP),
                Names.in(props, TRUNCATE_EMAIL),
                List.copyOf(keys));
    }

    private static void mistakesOf(
            String id, Map<String, String> props, Map<String, String> starts, Map<String, String> mistakes) {
        if (!id.matches("[A-Za-z0-9_-]+")) {
            mistakes.put(KEYS, "'" + id + "', wanted: letters, digits, _ and - in the id of a key");
        }
        int length = props.getOrDefault(secret(id), "").getBytes(StandardCharsets.UTF_8).length;
        if (length < Pseudonyms.LEAST_SECRET) {
            mistakes.put(secret(id), "given " + length + " bytes, wanted: at least " + Pseudonyms.LEAST_SECRET);
        }
        String start = props.getOrDefault(from(id), "").strip();
        try {
            String time = start.isEmpty() ? "" : Instant.parse(start).toString();
            if (starts.put(time, id) != null) {
                mistakes.put(
                        from(id),
                        "another key has the same time, wanted: one key without a time, the others each their own");
            }
        } catch (DateTimeException notATime) {
            mistakes.put(from(id), "'" + start + "', wanted: a time as 2026-01-01T00:00:00Z");
        }
    }

    private static List<String> ids(Map<String, String> props) {
        return Names.in(props, KEYS);
    }

    private static String secret(String id) {
        return KEYS + "." + id + ".secret";
    }

    private static String from(String id) {
        return KEYS + "." + id + ".from";
    }

    private static void list(ConfigDef def, String key, int order, String doc) {
        def.define(
                key,
                ConfigDef.Type.LIST,
                List.of(),
                null,
                ConfigDef.Importance.MEDIUM,
                doc,
                GROUP,
                order,
                ConfigDef.Width.LONG,
                key);
    }

    /** Without the keys' secrets, and without their ids. */
    @Override
    public String toString() {
        return pseudonymFields + " " + ipFields + " " + emailFields;
    }
}
