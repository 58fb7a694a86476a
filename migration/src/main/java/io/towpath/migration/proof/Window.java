package io.towpath.migration.proof;

import java.util.ArrayList;
import java.util.List;

/** A queue of entries that can be looked into: a ring that grows until its sequence ends. */
final class Window {

    private Entry[] ring = new Entry[64];
    private int head;
    private int size;
    private boolean ended;

    /** Nothing will be added any more. */
    void end() {
        ended = true;
    }

    boolean ended() {
        return ended;
    }

    /** Whether the sequence has no record {@code index}, and never will. */
    boolean endsAt(int index) {
        return ended && index >= size;
    }

    /** Whether there are {@code count}, or all that will ever be. */
    boolean holds(int count) {
        return ended || size >= count;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    Entry get(int index) {
        return ring[(head + index) & (ring.length - 1)];
    }

    void add(Entry entry) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size) & (ring.length - 1)] = entry;
        size++;
    }

    Entry poll() {
        Entry first = ring[head];
        ring[head] = null;
        head = (head + 1) & (ring.length - 1);
        size--;
        return first;
    }

    /** Removes and returns the first {@code count}. */
    List<Entry> take(int count) {
        List<Entry> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            taken.add(poll());
        }
        return taken;
    }

    private void grow() {
        Entry[] larger = new Entry[ring.length * 2];
        int untilEdge = ring.length - head;
        System.arraycopy(ring, head, larger, 0, untilEdge);
        System.arraycopy(ring, 0, larger, untilEdge, head);
        ring = larger;
        head = 0;
    }
}
