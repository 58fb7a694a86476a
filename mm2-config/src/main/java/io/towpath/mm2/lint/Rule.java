package io.towpath.mm2.lint;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * One thing to look for.
 *
 * @param id as printed, and the name of its page in docs/lint
 * @param effect what happens, as measured or read in Kafka's sources
 * @param repair what to write instead
 * @param check told all flows and where to put (flow, key, message)
 */
public record Rule(String id, String effect, String repair, Check check) {

    /** Looks at all flows at once: some mistakes are made by two. */
    @FunctionalInterface
    public interface Check {
        void look(List<Flow> flows, Found found);
    }

    /** Takes what was found. */
    @FunctionalInterface
    public interface Found {
        void at(Flow flow, String key, String message);
    }

    /** A rule about single {@code MirrorSourceConnector}s. */
    static Rule ofSource(String id, String effect, String repair, BiConsumer<Flow, Found> check) {
        return new Rule(
                id,
                effect,
                repair,
                (flows, found) -> flows.stream().filter(Flow::isSource).forEach(flow -> check.accept(flow, found)));
    }
}
