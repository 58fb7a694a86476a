package io.towpath.migration.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.towpath.migration.BadInput;
import io.towpath.migration.config.Migration;
import io.towpath.migration.plan.TopicAdmin;
import io.towpath.mm2.DisasterRecoveryFlow;
import io.towpath.mm2.IdentityFlow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code towpath mm2 render}: a packaged flow, exactly as Connect or MM2's dedicated mode takes it. */
@Command(
        name = "render",
        description =
                "Prints a packaged flow of a migration: as the JSON that Connect takes, topics named one by one; or"
                        + " the flow disaster-recovery, with MM2's own topic names and checkpoints.",
        mixinStandardHelpOptions = true)
final class RenderCommand implements Callable<Integer> {

    private static final ObjectWriter JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writer();

    /** The packaged flows. */
    enum Kind {
        MIGRATE,
        DISASTER_RECOVERY
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private MigrationOption file;

    @Option(names = "--flow", defaultValue = "migrate", description = "migrate or disaster-recovery")
    private String flow;

    @Option(
            names = "--properties",
            description = "With disaster-recovery: print connect-mirror-maker.properties, for dedicated mode.")
    private boolean properties;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write one file per connector, for towpath connect apply.")
    private Path folder;

    @Option(
            names = "--internal-replication",
            defaultValue = "3",
            description = "Replicas of MM2's own topics, with disaster-recovery. Default: ${DEFAULT-VALUE}")
    private int internalReplication;

    @Override
    public Integer call() throws JsonProcessingException {
        Kind kind = kind();
        if (kind == Kind.DISASTER_RECOVERY && properties) {
            file.wish(); // told first what is wrong with it
            standby().properties().forEach((key, value) -> print(key + "=" + value.replace("\\", "\\\\")));
            return Exit.DONE;
        }
        if (properties) {
            throw new BadInput(
                    "--properties given; wanted: --flow disaster-recovery with it; a migration needs Connect's"
                            + " offsets API, which dedicated mode does not have");
        }
        Map<String, Map<String, String>> connectors =
                kind == Kind.MIGRATE ? migrate() : standby().render();
        for (Map.Entry<String, Map<String, String>> connector : connectors.entrySet()) {
            String json = json(connector.getKey(), connector.getValue());
            if (folder == null) {
                print(json);
            } else {
                write(folder.resolve(connector.getKey() + ".json"), json);
            }
        }
        return Exit.DONE;
    }

    private Kind kind() {
        for (Kind kind : Kind.values()) {
            if (kind.name().equalsIgnoreCase(flow.replace('-', '_'))) {
                return kind;
            }
        }
        throw new BadInput("--flow: " + flow + " given; wanted: migrate or disaster-recovery");
    }

    private Map<String, Map<String, String>> migrate() {
        Migration migration = file.read();
        try (TopicAdmin source = new TopicAdmin(migration.source())) {
            IdentityFlow one = migration.flow(migration.topics().resolve(source.names()));
            return new TreeMap<>(Map.of(one.name(), one.render()));
        }
    }

    private DisasterRecoveryFlow standby() {
        Migration migration = file.wish();
        return new DisasterRecoveryFlow(
                migration.name(),
                migration.source().end(),
                migration.target().end(),
                migration.topics().expressions(),
                migration.groups().isEmpty() ? List.of(".*") : migration.groups(),
                new DisasterRecoveryFlow.Options(
                        migration.sizing(), migration.connect().worker().exactlyOnce(), internalReplication));
    }

    private static String json(String name, Map<String, String> config) throws JsonProcessingException {
        Map<String, Object> connector = new LinkedHashMap<>();
        connector.put("name", name);
        connector.put("config", config);
        return JSON.writeValueAsString(connector);
    }

    private void write(Path path, String json) {
        try {
            Files.createDirectories(folder);
            Files.writeString(path, json + "\n");
            print(path.toString());
        } catch (IOException e) {
            throw new BadInput("--out: " + path + " cannot be written", e);
        }
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
    }
}
