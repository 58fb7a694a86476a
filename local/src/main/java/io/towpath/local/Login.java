package io.towpath.local;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * What a client of a cluster is told: the address, and on a secured cluster who it is.
 *
 * @param references client properties; each secret stands as {@code ${file:PATH:KEY}}, for a process with a
 *     FileConfigProvider
 */
public record Login(Map<String, String> references) {

    public Login {
        references = Map.copyOf(references);
    }

    /** {@code host:port,…} */
    public String bootstrapServers() {
        return references.get("bootstrap.servers");
    }

    /** Client properties for a client of this JVM, secrets filled in. */
    public Map<String, Object> properties() {
        try (FileConfigProvider file = new FileConfigProvider()) {
            file.configure(Map.of());
            return new TreeMap<>(new ConfigTransformer(Map.of("file", file))
                    .transform(references)
                    .data());
        }
    }

    /** Who the client is, without the address: every key but {@code bootstrap.servers}, put behind {@code prefix}. */
    public Map<String, String> identity(String prefix) {
        Map<String, String> keys = new TreeMap<>();
        references.forEach((key, value) -> keys.put(prefix + key, value));
        keys.remove(prefix + "bootstrap.servers");
        return keys;
    }
}
