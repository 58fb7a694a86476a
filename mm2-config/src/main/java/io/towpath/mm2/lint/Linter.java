package io.towpath.mm2.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All rules over all flows. */
public final class Linter {

    /** Every rule, in the order of its page. */
    public static final List<Rule> RULES = Stream.of(DataRules.ALL, TuningRules.ALL, TopicRules.ALL, WorkerRules.ALL)
            .flatMap(List::stream)
            .toList();

    private Linter() {}

    public static List<Hit> lint(List<Flow> flows) {
        List<Hit> hits = new ArrayList<>();
        for (Rule rule : RULES) {
            rule.check().look(flows, (flow, key, message) -> hits.add(new Hit(flow.name(), rule.id(), key, message)));
        }
        return hits;
    }
}
