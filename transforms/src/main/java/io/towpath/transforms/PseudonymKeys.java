package io.towpath.transforms;

import io.towpath.activity.privacy.Pseudonyms;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Reads {@code keys}, {@code keys.<id>.secret} and {@code keys.<id>.from}. */
final class PseudonymKeys {

    static final String KEYS = "keys";
    static final String SECRET = ".secret";
    static final String FROM = ".from";

    private PseudonymKeys() {}

    static Pseudonyms read(Map<String, ?> config, List<String> ids) {
        List<Pseudonyms.Key> keys = new ArrayList<>();
        Set<Instant> starts = new HashSet<>();
        for (String id : ids) {
            if (!id.matches("[A-Za-z0-9_-]+")) {
                throw new ConfigException(KEYS, id, "wanted letters, digits, _ and - in the id of a key");
            }
            Pseudonyms.Key key = read(config, id);
            if (!starts.add(key.from())) {
                throw new ConfigException(
                        KEYS + "." + id + FROM, key.from(), "wanted another time than that of every other key");
            }
            keys.add(key);
        }
        if (!starts.contains(null)) {
            throw new ConfigException(
                    KEYS, ids, "wanted one key without " + KEYS + ".ID" + FROM + ", for older records");
        }
        return new Pseudonyms(keys);
    }

    private static Pseudonyms.Key read(Map<String, ?> config, String id) {
        String secretKey = KEYS + "." + id + SECRET;
        String fromKey = KEYS + "." + id + FROM;
        AbstractConfig one = new AbstractConfig(
                new ConfigDef()
                        .define(secretKey, ConfigDef.Type.PASSWORD, ConfigDef.Importance.HIGH, "")
                        .define(fromKey, ConfigDef.Type.STRING, null, ConfigDef.Importance.LOW, ""),
                config,
                false);
        Password secret = one.getPassword(secretKey);
        int length = secret.value().getBytes(StandardCharsets.UTF_8).length;
        if (length < Pseudonyms.LEAST_SECRET) {
            throw new ConfigException(
                    secretKey,
                    Password.HIDDEN,
                    "given " + length + " bytes, wanted at least " + Pseudonyms.LEAST_SECRET);
        }
        String from = one.getString(fromKey);
        try {
            return new Pseudonyms.Key(id, secret, from == null ? null : Instant.parse(from.strip()));
        } catch (DateTimeException notATime) {
            throw new ConfigException(fromKey, from, "wanted a time as 2026-01-01T00:00:00Z");
        }
    }
}
