package io.towpath.migration.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.migration.BadInput;
import io.towpath.migration.access.Right;
import io.towpath.migration.access.RightList;
import io.towpath.migration.access.Role;
import io.towpath.migration.access.WorkerNames;
import io.towpath.migration.config.Migration;
import io.towpath.migration.config.MigrationFile;
import io.towpath.migration.connect.ConnectorFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code towpath acls ROLE}: the least that a role must be allowed. Asks no cluster. */
@Command(
        name = "acls",
        description = {
            "Prints the ACLs that a role needs on a secured cluster, and what for. Asks no cluster.",
            "Roles: worker, capture, sink, reader, plan, mirror, verify, switch."
        },
        mixinStandardHelpOptions = true)
final class AclsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ROLE", description = "One of: ${COMPLETION-CANDIDATES}")
    private Role role;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The migration, for plan, mirror, verify and switch.")
    private Path migration;

    @Option(names = "--connector", paramLabel = "FILE", description = "The connector's JSON, for capture and sink.")
    private Path connector;

    @Option(
            names = "--worker",
            paramLabel = "FILE",
            description =
                    "The worker's properties, for worker, capture, mirror and switch. Default: the names of Kafka's"
                            + " example.")
    private Path worker;

    @Option(names = "--topic", paramLabel = "NAME", split = ",", description = "What a reader reads.")
    private List<String> topics = List.of();

    @Option(names = "--group", paramLabel = "NAME", description = "The group in which a reader commits, if it does.")
    private String group;

    @Option(names = "--user", paramLabel = "NAME", description = "The user. Default: the role's name.")
    private String user;

    @Option(names = "--json", description = "Print them as JSON.")
    private boolean json;

    @Option(names = "--commands", description = "Print them as commands of Kafka's kafka-acls.sh.")
    private boolean commands;

    @Override
    public Integer call() throws JsonProcessingException {
        if (json && commands) {
            throw new BadInput("--json and --commands given; wanted: one of them");
        }
        Role.Given given = new Role.Given(
                WorkerNames.of(properties()),
                connector == null ? null : ConnectorFile.read(connector),
                migration == null ? null : migration(),
                topics,
                group);
        List<Right> rights = role.rights(given);
        RightList list = new RightList("User:" + (user == null ? role.toString() : user), rights);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(list.json()));
        } else {
            (commands ? list.commands() : list.table()).forEach(out::println);
        }
        return Exit.DONE;
    }

    /** Its topics named one by one if a plan was applied. */
    private Migration migration() {
        Migration wish = MigrationFile.read(migration);
        return PlanFile.beside(migration).over(wish);
    }

    private Map<String, String> properties() {
        Properties properties = new Properties();
        if (worker != null) {
            try (Reader in = Files.newBufferedReader(worker)) {
                properties.load(in);
            } catch (IOException e) {
                throw new BadInput("--worker: " + worker + " cannot be read; wanted: a worker's properties", e);
            }
        }
        Map<String, String> map = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> map.put(key, properties.getProperty(key)));
        return map;
    }
}
