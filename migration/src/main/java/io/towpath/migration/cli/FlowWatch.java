package io.towpath.migration.cli;

import io.towpath.migration.Patience;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.RestFailure;
import io.towpath.migration.flow.Counted;
import io.towpath.migration.flow.Danger;
import io.towpath.migration.flow.FlowFailure;
import io.towpath.migration.flow.FlowMetrics;
import io.towpath.migration.flow.FlowView;
import io.towpath.migration.flow.Foresight;
import io.towpath.migration.flow.GapGuard;
import io.towpath.migration.flow.Look;
import io.towpath.migration.flow.Quiet;
import io.towpath.migration.flow.Speed;
import io.towpath.migration.metrics.Outlet;
import io.towpath.mm2.IdentityFlow;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** Shows how a flow gets on, and stops it before it leaves a gap. */
final class FlowWatch {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    /** A worker that is rolled, or a broker, comes back within this time: until then the guard waits for it. */
    private static final Duration AWAY = Duration.ofMinutes(10);

    private final Cluster source;
    private final ConnectRest rest;
    private final IdentityFlow flow;
    private final Options options;
    private final PrintWriter out;
    private final Counted counted = new Counted();

    /**
     * How to watch.
     *
     * @param least a shorter time to loss stops the flow
     * @param metrics shows every look
     */
    record Options(Duration least, Outlet metrics) {}

    FlowWatch(Cluster source, ConnectRest rest, IdentityFlow flow, Options options, PrintWriter out) {
        this.source = source;
        this.rest = rest;
        this.flow = flow;
        this.options = options;
        this.out = out;
    }

    /**
     * Whether the source has deleted what this flow has not copied yet, or it would go on in another log than the one that
     * it remembers; then it is stopped, and told.
     *
     * @param more what else is dangerous, found out from a look and the offsets that the flow remembers
     */
    boolean gap(Memory more) {
        try (FlowView view = view()) {
            Look first = view.look(flow.topics());
            counted.emptied(first).forEach(out::println);
            Look now = counted.in(first);
            List<Danger> dangers = new ArrayList<>(new GapGuard(now).dangers(now));
            dangers.addAll(more.dangers(now, view));
            if (!dangers.isEmpty()) {
                stop(dangers);
            }
            return !dangers.isEmpty();
        }
    }

    /** What the flow remembers, against what is there. */
    interface Memory {
        List<Danger> dangers(Look now, FlowView view);
    }

    /** What is missing at present is missed by nobody: only what comes to it is a gap. */
    void accept() {
        try (FlowView view = view()) {
            counted.accept(view.look(flow.topics()));
        }
    }

    int run(boolean untilCopied) {
        try (FlowView view = view()) {
            Supplier<Look> look = () -> view.look(flow.topics());
            Look first = patiently(look);
            counted.emptied(first).forEach(out::println);
            return run(look, counted.in(first), untilCopied);
        }
    }

    private int run(Supplier<Look> look, Look first, boolean untilCopied) {
        Look last = first;
        try (Foresight foresight = Foresight.of(source, first, options.least())) {
            GapGuard guard = new GapGuard(last);
            Quiet quiet = new Quiet(source, flow.name());
            while (true) {
                Look seen = patiently(look);
                quiet.ask(last, counted.in(seen), untilCopied).forEach(counted::nothingBelow);
                excuse(counted.in(seen), foresight);
                Look now = counted.in(seen);
                foresight.look(now).forEach(sentence -> out.println("mirror: " + sentence));
                List<Danger> dangers = new ArrayList<>(guard.dangers(now));
                dangers.addAll(foresight.dangers());
                told(last, now, foresight.timeToLoss());
                if (!dangers.isEmpty()) {
                    return stop(dangers);
                }
                if (untilCopied && now.left() == 0) {
                    out.println("mirror: " + flow.name() + " has copied all that is there");
                    return Exit.DONE;
                }
                last = now;
                new Patience(BETWEEN_LOOKS, BETWEEN_LOOKS).pause();
            }
        }
    }

    /** What nobody promised to keep, and was deleted before the flow first got before it, is told and stops nothing. */
    private void excuse(Look now, Foresight foresight) {
        now.partitions().forEach((tp, partition) -> {
            long gone = partition.start() - partition.next();
            if (gone > 0 && foresight.excuses(tp, partition.start())) {
                counted.nothingBelow(tp, partition.start());
                out.println(
                        "mirror: " + tp + ": the source has deleted " + gone
                                + " offsets that were not copied; they were older than it keeps them before the flow got there");
            }
        });
    }

    private FlowView view() {
        return new FlowView(source, rest, flow.name(), Clock.systemUTC());
    }

    private void told(Look last, Look now, OptionalDouble left) {
        Speed speed = new Speed(last, now);
        speed.lines().forEach(out::println);
        options.metrics().show(FlowMetrics.of(flow.name(), speed, left));
        left.stream()
                .filter(Double::isFinite)
                .forEach(seconds -> out.println("time to loss: " + Math.round(seconds) + " s"));
        out.flush();
    }

    /** A guard that leaves at the first call that fails is none: a worker or a broker may be away for a while. */
    private <T> T patiently(Supplier<T> look) {
        Patience patience = new Patience(AWAY, BETWEEN_LOOKS);
        return patience.until(() -> unlessAway(look)).orElseGet(look);
    }

    private <T> Optional<T> unlessAway(Supplier<T> look) {
        try {
            return Optional.of(look.get());
        } catch (RestFailure e) {
            if (e.status() != 0 && e.status() < 500) {
                throw e;
            }
            return away(e);
        } catch (FlowFailure e) {
            return away(e);
        }
    }

    private <T> Optional<T> away(RuntimeException e) {
        out.println("mirror: " + e.getMessage() + "; nothing guards " + flow.name() + " until it is seen again");
        out.flush();
        return Optional.empty();
    }

    private int stop(List<Danger> dangers) {
        dangers.forEach(out::println);
        out.flush();
        patiently(() -> {
            rest.stop(flow.name());
            return true;
        });
        out.println("mirror: " + flow.name() + " is stopped");
        return Exit.STOPPED;
    }
}
