package io.towpath.migration.cli;

import io.towpath.migration.BadInput;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.mm2.lint.Flow;
import io.towpath.mm2.lint.FlowFile;
import io.towpath.mm2.lint.Hit;
import io.towpath.mm2.lint.Linter;
import io.towpath.mm2.lint.Rule;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code towpath mm2 lint}: what works otherwise than it reads. */
@Command(
        name = "lint",
        description = {
            "Finds in MirrorMaker 2 configurations what works otherwise than it reads: connector JSON,",
            "connect-mirror-maker.properties, or all mirror connectors of a live worker (http://…).",
            "A page per rule is in docs/lint."
        },
        mixinStandardHelpOptions = true)
final class LintCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE|URL", arity = "1..*", description = "What to look at; all of it together.")
    private List<String> places;

    @Override
    public Integer call() {
        List<Flow> flows = new ArrayList<>();
        for (String place : places) {
            List<Flow> found = place.matches("https?://.*") ? live(URI.create(place)) : file(Path.of(place));
            if (found.stream().noneMatch(Flow::isMirror)) {
                throw new BadInput(place + ": no MirrorMaker 2 connector in it; wanted: one of connector.class"
                        + " MirrorSourceConnector, MirrorCheckpointConnector or MirrorHeartbeatConnector");
            }
            flows.addAll(found);
        }
        List<Hit> hits = Linter.lint(flows);
        PrintWriter out = spec.commandLine().getOut();
        hits.forEach(out::println);
        repairs(hits, out);
        out.println("lint: " + flows.size() + (flows.size() == 1 ? " flow, " : " flows, ") + hits.size() + " findings");
        return hits.isEmpty() ? Exit.DONE : Exit.DIFFER;
    }

    private static void repairs(List<Hit> hits, PrintWriter out) {
        Set<String> broken = hits.stream().map(Hit::rule).collect(Collectors.toCollection(LinkedHashSet::new));
        for (Rule rule : Linter.RULES) {
            if (broken.contains(rule.id())) {
                out.println();
                out.println(rule.id() + ": " + rule.effect());
                out.println("  repair: " + rule.repair());
            }
        }
    }

    private static List<Flow> file(Path file) {
        try {
            return FlowFile.parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read; wanted: connector JSON or properties", e);
        } catch (IllegalArgumentException e) {
            throw new BadInput(e.getMessage(), e);
        }
    }

    private static List<Flow> live(URI worker) {
        ConnectRest rest = new ConnectRest(worker);
        List<Flow> flows = new ArrayList<>();
        for (String name : rest.connectors()) {
            rest.config(name)
                    .map(config -> new Flow(name, config))
                    .filter(Flow::isMirror)
                    .ifPresent(flows::add);
        }
        return flows;
    }
}
