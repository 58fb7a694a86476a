package io.towpath.migration.proof;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of one side of a gap that are too many to be remembered: how many, and where the first of them stand. What a log
 * start accounts for is taken out before the rest is named; else retention would look like loss.
 */
final class Crowd {

    private static final int SPANS = 1000;

    private final boolean ofSource;
    private final Deque<Span> spans = new ArrayDeque<>();
    private long size;

    Crowd(boolean ofSource) {
        this.ofSource = ofSource;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** A record after all others. */
    void add(long offset) {
        size++;
        Span last = spans.peekLast();
        if (last != null && last.to() + 1 == offset) {
            spans.removeLast();
            spans.addLast(new Span(last.from(), offset));
        } else if (spans.size() < SPANS) {
            spans.addLast(Span.at(offset));
        }
    }

    /** Names the first {@code most}, and forgets them; returns how many there were. */
    long tell(Kind kind, long most, TopicPartition partition, Tally tally) {
        long told = Math.min(most, size);
        long left = told;
        while (left > 0 && !spans.isEmpty()) {
            Span span = spans.removeFirst();
            long last = Math.min(span.to(), span.from() + left - 1);
            if (last < span.to()) {
                spans.addFirst(new Span(last + 1, span.to()));
            }
            Span some = new Span(span.from(), last);
            long records = last - span.from() + 1;
            tally.add(new Finding(kind, partition, ofSource ? some : null, ofSource ? null : some, records));
            left -= records;
        }
        tally.count(kind, left); // of these no place is known
        size -= told;
        return told;
    }
}
