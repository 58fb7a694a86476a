package io.towpath.demo.story;

import io.towpath.migration.cli.Towpath;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs a {@code towpath} command as a runbook would, and keeps what it says. */
record TowpathCommand(int exitCode, String output) {

    static TowpathCommand run(String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine towpath = Towpath.commandLine();
        PrintWriter writer = new PrintWriter(said, true);
        towpath.setOut(writer);
        towpath.setErr(writer);
        int exitCode = towpath.execute(arguments);
        writer.flush();
        return new TowpathCommand(exitCode, said.toString());
    }

    /** @throws IllegalStateException with what the command said, if it did not end with 0 */
    static TowpathCommand must(String... arguments) {
        TowpathCommand command = run(arguments);
        if (command.exitCode != 0) {
            throw new IllegalStateException("towpath " + String.join(" ", arguments) + " ended with " + command.exitCode
                    + ": " + command.output.strip());
        }
        return command;
    }

    String lastLine() {
        return output.strip().lines().reduce("", (earlier, later) -> later);
    }
}
