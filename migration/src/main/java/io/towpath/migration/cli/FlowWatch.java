package io.towpath.migration.cli;

import io.towpath.migration.Patience;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.flow.Danger;
import io.towpath.migration.flow.FlowView;
import io.towpath.migration.flow.GapGuard;
import io.towpath.migration.flow.Look;
import io.towpath.migration.flow.MetricsFile;
import io.towpath.migration.flow.Speed;
import io.towpath.migration.lag.Judgement;
import io.towpath.migration.lag.Lag;
import io.towpath.migration.lag.Place;
import io.towpath.migration.lag.Remainder;
import io.towpath.mm2.IdentityFlow;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * Shows how a flow gets on, and stops it before it leaves a gap.
 *
 * @param least a shorter time to loss stops the flow
 * @param metrics a file in Prometheus' text format that is kept up to date; null for none
 */
record FlowWatch(ConnectRest rest, IdentityFlow flow, Duration least, Path metrics, CommandLine command) {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    /** Whether the source has deleted what this flow has not copied yet; then it is stopped, and told. */
    boolean gap(Cluster source) {
        try (FlowView view = new FlowView(source, rest, flow.name(), Clock.systemUTC())) {
            Look now = view.look(flow.topics());
            List<Danger> dangers = new GapGuard(now, least).dangers(now);
            if (!dangers.isEmpty()) {
                stop(dangers, command.getOut());
            }
            return !dangers.isEmpty();
        }
    }

    int run(Cluster source, boolean untilCopied) {
        PrintWriter out = command.getOut();
        try (FlowView view = new FlowView(source, rest, flow.name(), Clock.systemUTC())) {
            Look last = view.look(flow.topics());
            GapGuard guard = new GapGuard(last, least);
            while (true) {
                Look now = view.look(flow.topics());
                new Speed(last, now).lines().forEach(out::println);
                if (metrics != null) {
                    new MetricsFile(metrics, flow.name()).write(last, now, guard.timeToLoss(now));
                }
                List<Danger> dangers = guard.dangers(now);
                if (!dangers.isEmpty()) {
                    return stop(dangers, out);
                }
                guard.timeToLoss(now).ifPresent(left -> out.println("time to loss: " + left.toSeconds() + " s"));
                if (untilCopied && copied(source, last, now)) {
                    out.println("mirror: " + flow.name() + " has copied all that is there");
                    return Exit.DONE;
                }
                out.flush();
                last = now;
                new Patience(BETWEEN_LOOKS, BETWEEN_LOOKS).pause();
            }
        }
    }

    /** Nothing is left, or nothing that is not a marker or aborted: those are never copied. */
    private boolean copied(Cluster source, Look last, Look now) {
        if (now.left() == 0 || !now.partitions().equals(last.partitions())) {
            return now.left() == 0;
        }
        List<Lag> left = new ArrayList<>();
        now.partitions().forEach((tp, partition) -> {
            if (partition.left() > 0) {
                long from = partition.end() - partition.left();
                left.add(new Lag(new Place(flow.name(), tp), from, partition.left(), Judgement.STALLED));
            }
        });
        return new Remainder(source)
                .clear(left).stream().noneMatch(lag -> lag.judgement().bad());
    }

    private int stop(List<Danger> dangers, PrintWriter out) {
        rest.stop(flow.name());
        dangers.forEach(out::println);
        out.println("mirror: " + flow.name() + " is stopped");
        return Exit.STOPPED;
    }
}
