package io.towpath.migration.journal;

import io.towpath.migration.journal.Entry.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A switch that is under way.
 *
 * <p>Always: entries stand in the order of the steps; all before the last are DONE, or, on the way back, all after the
 * last that is not UNDONE are UNDONE. Turned forward again by {@link #onFrom}, all from one step on are BEGUN or DONE anew.
 *
 * @param to the side that will be open to the applications
 * @param back whether it is being undone
 * @param topics what it moves; settled when it begins
 */
public record Passage(Side to, boolean back, List<String> topics, List<Entry> entries) {

    public Passage {
        topics = List.copyOf(topics);
        entries = List.copyOf(entries);
    }

    public Optional<Entry> entry(String step) {
        return entries.stream().filter(e -> e.step().equals(step)).findFirst();
    }

    public boolean is(String step, Phase phase) {
        return entry(step).filter(e -> e.phase() == phase).isPresent();
    }

    /** What a step has left for others; nothing when it was not begun. */
    public Map<String, Object> facts(String step) {
        return entry(step).map(Entry::facts).orElse(Map.of());
    }

    public Passage begun(String step, String at, Map<String, Object> facts) {
        List<Entry> next = new ArrayList<>(entries);
        next.add(new Entry(step, Phase.BEGUN, at, facts));
        return new Passage(to, back, topics, next);
    }

    public Passage moved(String step, Phase phase, String at, Map<String, Object> more) {
        return new Passage(
                to,
                back,
                topics,
                entries.stream()
                        .map(e -> e.step().equals(step) ? e.in(phase, at, more) : e)
                        .toList());
    }

    /** Forward again: the entries from {@code step} on are only begun, since some of it may have been taken back. */
    public Passage onFrom(String step, String at) {
        List<Entry> next = new ArrayList<>();
        boolean reached = false;
        for (Entry entry : entries) {
            reached |= entry.step().equals(step);
            next.add(reached ? entry.in(Phase.BEGUN, at, Map.of()) : entry);
        }
        return new Passage(to, false, topics, next);
    }

    public Passage turned(boolean backwards) {
        return new Passage(to, backwards, topics, entries);
    }
}
