package io.towpath.migration.proof;

import io.towpath.migration.proof.BatchScan.Batch;
import io.towpath.migration.proof.BatchScan.Content;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One partition of a broker, as its readers and its cleaner see it: batches in segments, open transactions, a last stable
 * offset, and a cleaner that goes through the segments one by one while others read.
 */
final class CleanedLog {

    /** One batch; {@code decided}: whether its transaction, if any, has ended. */
    private static final class Written {
        final long first;
        final long last;
        final long producer;
        final long at;
        final boolean transactional;
        final int segment;
        final List<Entry> left;
        Content content;
        boolean decided;

        Written(long first, long last, long producer, boolean transactional, int segment, long at, List<Entry> left) {
            this.first = first;
            this.last = last;
            this.producer = producer;
            this.transactional = transactional;
            this.segment = segment;
            this.at = at;
            this.left = new ArrayList<>(left);
            this.content = Content.RECORDS;
            this.decided = !transactional;
        }
    }

    /** What one fetch brings, and where the next begins; {@code stable}: the last stable offset by then. */
    record Fetched(List<Entry> entries, long position, long stable) {}

    static final long PLAIN = -1;

    private final Random random;
    private final List<Written> batches = new ArrayList<>();
    private final Map<Long, Long> open = new HashMap<>();
    private final Map<Long, Long> cleaning = new HashMap<>();
    private int cleaned;
    private int cleanTo;
    private int segment;
    private long end;

    CleanedLog(Random random) {
        this.random = random;
    }

    long end() {
        return end;
    }

    long stable() {
        return open.values().stream().mapToLong(Long::longValue).min().orElse(end);
    }

    boolean isOpen(long producer) {
        return open.containsKey(producer);
    }

    /** Appends a batch: to the producer's transaction, which begins with its first; or to none. */
    void append(long producer, List<Entry> records, long at) {
        if (random.nextInt(6) == 0) {
            segment++;
        }
        List<Entry> placed = new ArrayList<>();
        for (Entry record : records) {
            placed.add(Copies.at(record, end + placed.size()));
        }
        long last = end + placed.size() - 1;
        batches.add(new Written(end, last, producer, producer != PLAIN, segment, at, placed));
        if (producer != PLAIN) {
            open.putIfAbsent(producer, end);
        }
        end = last + 1;
    }

    /** Ends the producer's transaction with a marker. */
    void decide(long producer, boolean commit, long at) {
        open.remove(producer);
        for (Written batch : batches) {
            if (batch.producer == producer && !batch.decided) {
                batch.decided = true;
                batch.content = commit ? Content.RECORDS : Content.ABORTED;
            }
        }
        Written marker = new Written(end, end, producer, true, segment, at, List.of());
        marker.content = commit ? Content.COMMIT_MARKER : Content.ABORT_MARKER;
        marker.decided = true;
        batches.add(marker);
        end++;
    }

    /** As a consumer of committed records fetches: some batches of one segment. */
    Fetched fetch(long from) {
        List<Entry> entries = new ArrayList<>();
        long position = from;
        for (Written batch : some(from)) {
            position = batch.last + 1;
            if (batch.content == Content.RECORDS) {
                batch.left.stream().filter(e -> e.offset() >= from).forEach(entries::add);
            }
        }
        return new Fetched(entries, position, stable());
    }

    /** The same batches, as a look at them tells. */
    List<Batch> look(long from) {
        return some(from).stream()
                .map(b -> new Batch(b.first, b.last, b.content, b.transactional, b.producer, b.at))
                .toList();
    }

    private List<Written> some(long from) {
        long stable = stable();
        List<Written> some = new ArrayList<>();
        int most = 1 + random.nextInt(12);
        for (Written batch : batches) {
            boolean there = batch.last >= from && batch.last < stable;
            if (there && some.size() < most && (some.isEmpty() || some.get(0).segment == batch.segment)) {
                some.add(batch);
            }
        }
        return some;
    }

    /** Cleans the next segment, or looks what there is to clean; never beyond the last stable offset, never the last segment. */
    void clean(long markersUntil) {
        if (cleaned >= cleanTo) {
            begin();
            return;
        }
        int now = cleaned++;
        batches.removeIf(batch -> batch.segment == now && isCleaned(batch, markersUntil));
    }

    private void begin() {
        long stable = stable();
        int last = batches.stream()
                .filter(batch -> batch.last >= stable)
                .mapToInt(batch -> batch.segment)
                .min()
                .orElse(segment);
        cleanTo = Math.min(last, segment);
        cleaned = 0;
        cleaning.clear();
        batches.stream()
                .filter(batch -> batch.segment < cleanTo && batch.content == Content.RECORDS)
                .forEach(batch -> batch.left.forEach(e -> cleaning.put(e.key(), e.offset())));
    }

    private boolean isCleaned(Written batch, long markersUntil) {
        switch (batch.content) {
            case RECORDS ->
                batch.left.removeIf(e ->
                        e.offset() < cleaning.getOrDefault(e.key(), -1L) || (e.tombstone() && batch.at < markersUntil));
            case ABORTED -> batch.left.clear();
            default -> {
                return batch.at < markersUntil && noneLeft(batch);
            }
        }
        return batch.left.isEmpty() && random.nextInt(8) > 0; // a producer's last is kept empty
    }

    private boolean noneLeft(Written marker) {
        return batches.stream()
                .noneMatch(b -> b.producer == marker.producer && b.last < marker.first && !b.left.isEmpty());
    }
}
