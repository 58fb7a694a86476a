package io.towpath.mm2;

import java.util.Map;
import java.util.TreeMap;

/**
 * One end of a flow.
 *
 * @param alias the cluster's name in offsets and metrics
 * @param bootstrapServers comma-separated host:port
 * @param security client keys beginning with security., sasl. or ssl.; secrets as {@code ${file:…}} or {@code ${env:…}}
 */
public record ClusterEnd(String alias, String bootstrapServers, Map<String, String> security) {

    public ClusterEnd {
        security = Map.copyOf(security);
    }

    /** The packaged overlay {@code name} (plaintext, scram-sha-512), its places filled with {@code values}. */
    public static Map<String, String> security(String name, Map<String, String> values) {
        return Template.load("security", name).fill(values);
    }

    /** Whether clients say here who they are. */
    boolean asksWho() {
        return security.keySet().stream().anyMatch(key -> key.startsWith("sasl.") || key.startsWith("ssl.keystore."));
    }

    /** Security alone under {@code prefix}. */
    Map<String, String> identity(String prefix) {
        Map<String, String> keys = under(prefix);
        keys.remove(prefix + "bootstrap.servers");
        return keys;
    }

    /** Address and security under {@code prefix}. */
    Map<String, String> under(String prefix) {
        Map<String, String> keys = new TreeMap<>();
        keys.put(prefix + "bootstrap.servers", bootstrapServers);
        security.forEach((key, value) -> keys.put(prefix + key, value));
        return keys;
    }
}
