package io.towpath.migration.config;

import io.towpath.mm2.ClusterEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/**
 * One cluster as migration.yaml names it. Secrets are written as {@code ${env:NAME}} or {@code ${file:path:key}}: our own
 * clients get them filled in, a rendered flow carries them as they stand.
 */
public record Cluster(String alias, Map<String, String> client) {

    public static final String BOOTSTRAP = "bootstrap.servers";

    public Cluster {
        client = Map.copyOf(client);
    }

    public String bootstrapServers() {
        return client.get(BOOTSTRAP);
    }

    /** Client properties for our own consumers and admin clients, secrets filled in. */
    public Map<String, Object> properties() {
        try (EnvVarConfigProvider env = new EnvVarConfigProvider();
                FileConfigProvider file = new FileConfigProvider()) {
            Map<String, ConfigProvider> providers = Map.of("env", env, "file", file);
            providers.values().forEach(provider -> provider.configure(Map.of()));
            return new HashMap<>(
                    new ConfigTransformer(providers).transform(client).data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name that is logged in with, where it stands beside its password; read as Kafka's own clients read it. */
    public Optional<String> user() {
        Object login = properties().get(SaslConfigs.SASL_JAAS_CONFIG);
        if (login == null) {
            return Optional.empty();
        }
        Map<String, Object> config = Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(login.toString()));
        List<AppConfigurationEntry> entries =
                JaasContext.loadClientContext(config).configurationEntries();
        return Optional.ofNullable(JaasContext.configEntryOption(entries, "username", null));
    }

    /** This cluster as an end of a flow. */
    public ClusterEnd end() {
        Map<String, String> security = new TreeMap<>(client);
        security.keySet().removeIf(key -> !key.matches("(security|sasl|ssl)\\..*"));
        return new ClusterEnd(alias, bootstrapServers(), security);
    }

    /** The alias alone: client properties may hold secrets. */
    @Override
    public String toString() {
        return alias;
    }
}
