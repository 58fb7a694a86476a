package io.towpath.demo.docs;

import io.towpath.activity.rule.RuleKey;
import io.towpath.activity.rule.RuleKeys;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.types.Password;

/** One plugin's configuration as a page of Markdown: a table for each group, keys in the order of their definition. */
final class ConfigPage {

    private static final String RULE = RuleKeys.RULES + ".NAME.";

    private static final String NAMES = " NAME stands for each name that `databases` or `rules` lists.\n";

    private ConfigPage() {}

    static String of(PluginReference plugin) {
        ConfigDef keys = plugin.keys();
        StringBuilder page = new StringBuilder("# " + plugin.name() + "\n\n");
        page.append(cell(plugin.overview())).append(plugin.overview().isEmpty() ? "" : "\n\n");
        page.append("A ")
                .append(plugin.kind())
                .append(": `")
                .append(plugin.type().getName())
                .append(twins(plugin))
                .append("`.");
        page.append(keys.names().stream().anyMatch(key -> key.contains(".NAME.")) ? NAMES : "\n");
        page.append(
                "This page is written from the definitions that the plugin checks with; the build compares them.\n");
        byGroup(keys).forEach((group, members) -> page.append(section(group, members)));
        return page.toString();
    }

    private static String twins(PluginReference plugin) {
        boolean twins = Arrays.stream(plugin.type().getDeclaredClasses())
                .anyMatch(twin -> twin.getSimpleName().equals("Value"));
        return twins ? "$Key`, `" + plugin.type().getName() + "$Value" : "";
    }

    private static Map<String, List<ConfigKey>> byGroup(ConfigDef keys) {
        Map<String, List<ConfigKey>> groups = new LinkedHashMap<>();
        Collection<ConfigKey> all = keys.configKeys().values();
        for (ConfigKey key : all) {
            groups.computeIfAbsent(
                    String.valueOf(key.group),
                    group -> all.stream()
                            .filter(other -> String.valueOf(other.group).equals(group))
                            .sorted((a, b) -> Integer.compare(a.orderInGroup, b.orderInGroup))
                            .toList());
        }
        return groups;
    }

    private static String section(String group, List<ConfigKey> keys) {
        StringBuilder section = new StringBuilder("\n## " + (group.equals("null") ? "Settings" : group) + "\n\n");
        section.append("| key | type | default | values | what it does |\n|---|---|---|---|---|\n");
        for (ConfigKey key : keys) {
            section.append(String.join(
                            " | ",
                            "| `" + key.name + "`",
                            key.type.name().toLowerCase(Locale.ROOT),
                            fallback(key),
                            values(key),
                            cell(key.documentation) + " |"))
                    .append('\n');
        }
        return section.toString();
    }

    private static String fallback(ConfigKey key) {
        Optional<RuleKey> rule = RuleKeys.all().stream()
                .filter(candidate -> key.name.equals(RULE + candidate.suffix()))
                .findFirst();
        if (rule.isPresent()) {
            return rule.get().fallback() == null ? "required" : cell(rule.get().fallback());
        }
        return key.hasDefault() ? text(key.defaultValue) : "required";
    }

    private static String text(Object value) {
        if (value == null || value instanceof Password || value.equals("")) {
            return "–";
        }
        String text = value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : value.toString();
        return text.isEmpty() ? "–" : "`" + cell(text) + "`";
    }

    private static String values(ConfigKey key) {
        return key.validator == null ? "–" : cell(key.validator.toString());
    }

    private static String cell(String text) {
        return text.replace("<", "&lt;").replace("|", "\\|").replace("\n", " ").strip();
    }
}
