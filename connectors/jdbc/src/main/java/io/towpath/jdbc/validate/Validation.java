package io.towpath.jdbc.validate;

import io.towpath.jdbc.config.SinkConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;

/** Looks for everything that is wrong with a configuration: first each key, then several together, then the database. */
public final class Validation {
    private Validation() {}

    /**
     * Adds to each key what is wrong with it.
     *
     * @param single what the definition of each key says
     */
    public static Config of(Map<String, String> given, Config single) {
        Map<String, ConfigValue> values = new HashMap<>();
        single.configValues().forEach(value -> values.put(value.name(), value));
        List<Finding> findings = new ArrayList<>(UnknownKeys.in(given));
        boolean legal = single.configValues().stream()
                .allMatch(value -> value.errorMessages().isEmpty());
        if (legal) {
            SinkConfig config = SinkConfig.parse(given);
            findings.addAll(Rules.broken(config, given));
            findings.addAll(Probe.findings(config, given));
        }
        for (Finding finding : findings) {
            values.computeIfAbsent(finding.key(), key -> new ConfigValue(key)).addErrorMessage(finding.message());
        }
        return new Config(List.copyOf(values.values()));
    }
}
