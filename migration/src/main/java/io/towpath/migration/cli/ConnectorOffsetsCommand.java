package io.towpath.migration.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.migration.BadInput;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.ConnectorStatus;
import io.towpath.migration.connect.SourceOffset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code towpath connect offsets NAME}: where a connector stands (KIP-875), in the JSON that {@code --set} takes back: what
 * is printed today is tomorrow's way back.
 */
@Command(
        name = "offsets",
        description = "Prints a connector's offsets as JSON; sets or forgets those of a STOPPED one.",
        mixinStandardHelpOptions = true)
final class ConnectorOffsetsCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private ConnectCommand connect;

    @Parameters(paramLabel = "NAME")
    private String name;

    @ArgGroup
    private Change change;

    /** At most one of them. */
    private static final class Change {

        @Option(
                names = "--set",
                paramLabel = "FILE",
                description = "Sets the offsets in FILE, and forgets those that are null there; those not named stay.")
        private Path file;

        @Option(names = "--reset", description = "Forgets all offsets: the connector begins anew.")
        private boolean reset;
    }

    @Override
    public Integer call() throws IOException {
        ConnectRest rest = connect.rest();
        if (change == null) {
            spec.commandLine()
                    .getOut()
                    .println(SourceOffset.write(rest.offsets(name)).toPrettyString());
            return Exit.DONE;
        }
        refuseUnlessStopped(rest);
        if (change.reset) {
            rest.resetOffsets(name);
        } else {
            rest.alterOffsets(name, SourceOffset.change(change.file.toString(), json(change.file)));
        }
        spec.commandLine()
                .getOut()
                .println(name + ": offsets " + (change.reset ? "forgotten" : "set") + "; towpath connect resume "
                        + name);
        return Exit.DONE;
    }

    private void refuseUnlessStopped(ConnectRest rest) {
        ConnectorStatus status = rest.status(name)
                .orElseThrow(() -> new BadInput("connector " + name + ": absent; towpath connect status lists them"));
        if (!status.stopped()) {
            throw new BadInput("connector " + name + " is " + status.summary()
                    + "; wanted: STOPPED; towpath connect stop " + name);
        }
    }

    private static JsonNode json(Path file) throws IOException {
        try {
            return JSON.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new BadInput(file + ": no JSON at line " + e.getLocation().getLineNr(), e);
        }
    }
}
