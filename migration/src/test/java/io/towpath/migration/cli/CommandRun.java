package io.towpath.migration.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One run of the command line: its exit code and what it wrote. */
public record CommandRun(int exit, String out, String err) {

    public static CommandRun of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine towpath = Towpath.commandLine();
        towpath.setOut(new PrintWriter(out, true));
        towpath.setErr(new PrintWriter(err, true));
        return new CommandRun(towpath.execute(args), out.toString(), err.toString());
    }

    public String lastLine() {
        return out.lines().reduce("", (before, line) -> line);
    }
}
