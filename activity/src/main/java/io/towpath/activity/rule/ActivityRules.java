package io.towpath.activity.rule;

import io.towpath.activity.Activity;
import io.towpath.activity.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.DataException;

/**
 * Which activities a change becomes: a function from value to value. Rules are found by table or message prefix, so a
 * change that nobody asked for costs one lookup.
 */
public final class ActivityRules {

    private final Map<String, List<Rule>> byTable = new HashMap<>();
    private final Map<String, List<Rule>> byPrefix = new HashMap<>();

    /** @throws IllegalArgumentException for a set with mistakes: show them to the operator first */
    public ActivityRules(RuleSet rules) {
        if (!rules.errors().isEmpty()) {
            throw new IllegalArgumentException(rules.summary());
        }
        for (Rule rule : rules.rules()) {
            boolean onTable = rule.table() != null;
            (onTable ? byTable : byPrefix)
                    .computeIfAbsent(onTable ? rule.table() : rule.messagePrefix(), key -> new ArrayList<>())
                    .add(rule);
        }
    }

    /**
     * The activities of {@code change}, one for each rule that takes it, in the order of the rules.
     *
     * @throws DataException the change lacks what a rule must know: the old row of an update whose columns are compared,
     *     a type, or JSON in a logical message. Its text names the rule and the position, and holds no value of the change.
     */
    public List<Activity> decide(Change change) {
        return decide(change, Integer.MAX_VALUE);
    }

    /** The activity of the first rule that takes {@code change}; for an SMT, which can answer with one record at most. */
    public Optional<Activity> first(Change change) {
        List<Activity> activities = decide(change, 1);
        return activities.isEmpty() ? Optional.empty() : Optional.of(activities.get(0));
    }

    private List<Activity> decide(Change change, int most) {
        boolean message = change.kind() == Change.Kind.MESSAGE;
        List<Rule> rules = message ? byPrefix.get(change.messagePrefix()) : byTable.get(change.table());
        if (rules == null) {
            return List.of();
        }
        List<Activity> activities = new ArrayList<>(rules.size());
        Images images = null;
        for (int i = 0; i < rules.size() && activities.size() < most; i++) {
            Rule rule = rules.get(i);
            if (!rule.takes(change.kind())) {
                continue;
            }
            try {
                images = images == null ? Images.of(change) : images;
                if (rule.holds(change, images)) {
                    activities.add(rule.shape(change, images));
                }
            } catch (DataException bad) {
                throw new DataException("rule '" + rule.name() + "': " + bad.getMessage(), bad);
            }
        }
        return activities;
    }
}
