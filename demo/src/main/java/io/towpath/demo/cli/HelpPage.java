package io.towpath.demo.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** {@code towpath --help}: the commands in groups, then examples. */
final class HelpPage {

    /** The order of groups and of the commands in them. A command that no group names belongs to the migration. */
    private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

    private static final String REST = "Migration (moves a live cluster)";

    static {
        GROUPS.put("Story", List.of("demo"));
        GROUPS.put("Stack (real servers on this machine)", List.of("up", "down", "logs"));
        GROUPS.put(REST, List.of());
        GROUPS.put("Connectors", List.of("connect", "rules"));
        GROUPS.put("Development", List.of("trial", "soak", "bench"));
    }

    private HelpPage() {}

    static CommandLine on(CommandLine root) {
        UsageMessageSpec page = root.getCommandSpec().usageMessage();
        page.width(100);
        page.description(
                "Captures what users do from a database into Kafka, stores it exactly once,",
                "and moves live Kafka clusters with proof.",
                "");
        page.footer(
                "",
                "Examples:",
                "  towpath demo                   the whole story, on real servers, with its proof",
                "  towpath up --detach            servers to try things on; towpath down ends them",
                "  towpath logs connect-dc1 -f    what the worker of cluster dc1 says",
                "  towpath COMMAND --help         the options of one command");
        root.setHelpSectionKeys(root.getHelpSectionKeys().stream()
                .filter(key -> !key.equals(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING))
                .toList());
        root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, HelpPage::commands);
        return root;
    }

    private static String commands(Help help) {
        Map<String, List<Help>> groups = new LinkedHashMap<>();
        GROUPS.keySet().forEach(group -> groups.put(group, new ArrayList<>()));
        GROUPS.forEach((group, names) -> names.stream()
                .filter(help.subcommands()::containsKey)
                .forEach(name -> groups.get(group).add(help.subcommands().get(name))));
        help.subcommands().forEach((name, command) -> {
            if (GROUPS.values().stream().noneMatch(names -> names.contains(name))) {
                groups.get(REST).add(command);
            }
        });
        StringBuilder page = new StringBuilder();
        groups.forEach((group, commands) -> page.append(section(group, commands)));
        return page.toString();
    }

    private static String section(String heading, List<Help> commands) {
        if (commands.isEmpty()) {
            return "";
        }
        StringBuilder section = new StringBuilder(String.format("%n%s:%n", heading));
        for (Help command : commands) {
            String[] description = command.commandSpec().usageMessage().description();
            String summary = description.length == 0 ? "" : description[0].replaceFirst(":$", ".");
            section.append(String.format("  %-10s %s%n", command.commandSpec().name(), summary));
        }
        return section.toString();
    }
}
