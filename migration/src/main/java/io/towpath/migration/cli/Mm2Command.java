package io.towpath.migration.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.towpath.migration.config.Migration;
import io.towpath.migration.plan.TopicAdmin;
import io.towpath.mm2.IdentityFlow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code towpath mm2 …}: the packaged MirrorMaker 2 flows. */
@Command(
        name = "mm2",
        description = "Renders the packaged MirrorMaker 2 flows, and checks others.",
        subcommands = LintCommand.class,
        mixinStandardHelpOptions = true)
final class Mm2Command {

    @Spec
    private CommandSpec spec;

    @Command(
            name = "render",
            description = "Prints the flow of a migration as the JSON that Connect takes; topics named one by one.",
            mixinStandardHelpOptions = true)
    int render(@Mixin MigrationOption file) throws JsonProcessingException {
        Migration migration = file.read();
        try (TopicAdmin source = new TopicAdmin(migration.source())) {
            List<String> topics = migration.topics().resolve(source.names());
            spec.commandLine().getOut().println(json(migration.flow(topics)));
        }
        return Exit.DONE;
    }

    private static String json(IdentityFlow flow) throws JsonProcessingException {
        Map<String, Object> connector = new LinkedHashMap<>();
        connector.put("name", flow.name());
        connector.put("config", flow.render());
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(connector);
    }
}
