package io.towpath.jdbc.park;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Who waits, key by key, in the order of the original log. Changed while a batch is decided; the difference from the
 * beginning is then what the table must learn.
 */
final class Line {
    private final Set<Waiting> before;
    private final Map<Key, NavigableSet<Long>> offsets = new HashMap<>();

    private record Key(TopicPartition partition, String key) {}

    Line(List<Waiting> stored) {
        this.before = Set.copyOf(stored);
        stored.forEach(this::add);
    }

    boolean isEmpty() {
        return offsets.isEmpty();
    }

    void add(Waiting one) {
        offsets.computeIfAbsent(new Key(one.partition(), one.key()), key -> new TreeSet<>())
                .add(one.offset());
    }

    boolean contains(Waiting one) {
        return of(one).contains(one.offset());
    }

    /** Offset of an earlier record of the same key that still waits; null when there is none. */
    Long before(Waiting one) {
        return of(one).lower(one.offset());
    }

    private NavigableSet<Long> of(Waiting one) {
        return offsets.getOrDefault(new Key(one.partition(), one.key()), new TreeSet<>());
    }

    void remove(Waiting one) {
        Key key = new Key(one.partition(), one.key());
        NavigableSet<Long> waiting = offsets.get(key);
        if (waiting != null && waiting.remove(one.offset()) && waiting.isEmpty()) {
            offsets.remove(key);
        }
    }

    /** All of a key in every partition of the topic that is known here; of {@code at}'s own, what stands before it. */
    void forget(Waiting at) {
        offsets.forEach((key, waiting) -> {
            if (key.partition().equals(at.partition()) && key.key().equals(at.key())) {
                waiting.headSet(at.offset()).clear();
            } else if (key.partition().topic().equals(at.partition().topic())
                    && key.key().equals(at.key())) {
                waiting.clear();
            }
        });
        offsets.values().removeIf(NavigableSet::isEmpty);
    }

    List<Waiting> added() {
        Set<Waiting> now = now();
        now.removeAll(before);
        return new ArrayList<>(now);
    }

    List<Waiting> removed() {
        Set<Waiting> gone = new HashSet<>(before);
        gone.removeAll(now());
        return new ArrayList<>(gone);
    }

    private Set<Waiting> now() {
        Set<Waiting> now = new HashSet<>();
        offsets.forEach((key, all) -> all.forEach(offset -> now.add(new Waiting(key.partition(), offset, key.key()))));
        return now;
    }
}
