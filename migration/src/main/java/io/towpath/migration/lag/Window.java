package io.towpath.migration.lag;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The last few looks at every partition of every group. */
public final class Window {

    private final int length;
    private final Map<Place, Deque<Look>> looks = new TreeMap<>();

    /** @param length looks kept, at least 2 */
    public Window(int length) {
        this.length = Math.max(2, length);
    }

    /** Adds a look at everything. What is not in it any more is forgotten. */
    public void add(Map<Place, Look> now) {
        looks.keySet().retainAll(new TreeSet<>(now.keySet()));
        now.forEach((place, look) -> {
            Deque<Look> past = looks.computeIfAbsent(place, unseen -> new ArrayDeque<>(length));
            if (past.size() == length) {
                past.removeFirst();
            }
            past.addLast(look);
        });
    }

    /** One line per partition, by group, topic and partition. */
    public List<Lag> judge() {
        return looks.entrySet().stream()
                .map(entry -> lag(entry.getKey(), List.copyOf(entry.getValue())))
                .collect(Collectors.toList());
    }

    private static Lag lag(Place place, List<Look> window) {
        Look last = window.get(window.size() - 1);
        return new Lag(place, last.committed(), last.lag(), Judgement.of(window));
    }
}
