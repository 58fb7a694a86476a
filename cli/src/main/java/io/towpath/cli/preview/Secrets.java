package io.towpath.cli.preview;

import io.towpath.migration.BadInput;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.utils.Utils;

/**
 * Reads what a config names as {@code ${provider:path:key}}, by Kafka's own providers: those that a worker's properties
 * configure, else {@code file}, {@code directory} and {@code env}.
 */
public final class Secrets {

    private static final String PROVIDERS = "config.providers";
    private static final Pattern NAMED = Pattern.compile("\\$\\{([^}:]+):[^}]*}");

    private final Map<String, Class<? extends ConfigProvider>> classes = new LinkedHashMap<>();
    private final Map<String, String> worker;

    private Secrets(Map<String, String> worker) {
        this.worker = worker;
    }

    /** The providers that come with Kafka, under the names that everybody gives them. */
    public static Secrets usual() {
        Secrets secrets = new Secrets(Map.of());
        secrets.classes.put("file", FileConfigProvider.class);
        secrets.classes.put("directory", DirectoryConfigProvider.class);
        secrets.classes.put("env", EnvVarConfigProvider.class);
        return secrets;
    }

    /** Those that a worker's properties name. */
    public static Secrets ofWorker(Path properties) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(properties)) {
            read.load(reader);
        } catch (IOException failure) {
            throw new BadInput("--worker: " + properties + " cannot be read; wanted: the worker's properties", failure);
        }
        Map<String, String> worker = new HashMap<>();
        read.stringPropertyNames().forEach(name -> worker.put(name, read.getProperty(name)));
        Secrets secrets = new Secrets(worker);
        for (String name : worker.getOrDefault(PROVIDERS, "").split(",", -1)) {
            if (!name.isBlank()) {
                secrets.add(name.strip());
            }
        }
        return secrets;
    }

    /**
     * {@code config} with its secrets in it.
     *
     * @throws BadInput a provider is not known, or does not have what is named; the message names the key, never a value
     */
    public Map<String, String> resolve(Map<String, String> config) {
        Map<String, ConfigProvider> providers = new HashMap<>();
        try {
            classes.forEach((name, type) -> providers.put(name, configured(name, type)));
            ConfigTransformer transformer = new ConfigTransformer(providers);
            Map<String, String> resolved = new LinkedHashMap<>();
            config.forEach((key, value) -> resolved.put(key, resolve(transformer, key, value)));
            return resolved;
        } finally {
            providers.values().forEach(provider -> Utils.closeQuietly(provider, "config provider"));
        }
    }

    private String resolve(ConfigTransformer transformer, String key, String value) {
        Matcher named = NAMED.matcher(value);
        while (named.find()) {
            if (!classes.containsKey(named.group(1))) {
                throw new BadInput(key + ": names the config provider '" + named.group(1) + "'; wanted: one of "
                        + classes.keySet() + ", or --worker with the worker's " + PROVIDERS);
            }
        }
        String resolved = transformer.transform(Map.of(key, value)).data().get(key);
        if (NAMED.matcher(resolved).find() && resolved.equals(value)) {
            throw new BadInput(
                    key + ": " + value + " names nothing that is there; wanted: a value that its provider has");
        }
        return resolved;
    }

    private ConfigProvider configured(String name, Class<? extends ConfigProvider> type) {
        ConfigProvider provider = Utils.newInstance(type);
        String prefix = PROVIDERS + "." + name + ".param.";
        Map<String, String> params = new HashMap<>();
        worker.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                params.put(key.substring(prefix.length()), value);
            }
        });
        provider.configure(params);
        return provider;
    }

    private void add(String name) {
        String key = PROVIDERS + "." + name + ".class";
        try {
            classes.put(
                    name, Class.forName(worker.getOrDefault(key, "").strip()).asSubclass(ConfigProvider.class));
        } catch (ClassNotFoundException | ClassCastException unknown) {
            throw new BadInput(
                    "--worker: " + key + " is '" + worker.getOrDefault(key, "")
                            + "', which is not on this command's class path; wanted: one of Kafka's providers, or its jar beside"
                            + " the command's in lib",
                    unknown);
        }
    }
}
