package io.towpath.migration.proof;

import io.towpath.migration.proof.BatchScan.Batch;
import io.towpath.migration.proof.PartitionProof.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A compacted log under traffic, its copy by an exactly-once flow, and a proof of both in the order of its real looks. */
final class Mirrored {

    private static final int KEYS = 12;
    private static final int WRITES = 260;
    private static final int STILL = 60;
    private static final long FLOW = 7;

    private final Random random;
    final CleanedLog source;
    final CleanedLog target;
    private final boolean faulty;
    private final List<Entry> copying = new ArrayList<>();
    private long copied;
    private long copyingTo;
    private int writes;
    private long now = 1000;
    private long value;

    Mirrored(long seed, boolean faulty) {
        this.faulty = faulty;
        this.random = new Random(seed);
        this.source = new CleanedLog(random);
        this.target = new CleanedLog(random);
        for (int i = 0; i < 200; i++) {
            step();
        }
    }

    /** Something happens on the clusters, or several things, or nothing. */
    private void step() {
        for (int times = random.nextInt(4); times > 0; times--) {
            now += random.nextInt(2);
            switch (random.nextInt(6)) {
                case 0, 1 -> write();
                case 2, 3 -> copy();
                case 4 -> source.clean(-1);
                default -> target.clean(-1);
            }
        }
    }

    private void write() {
        if (writes >= WRITES) {
            for (long producer = 1; producer < 3; producer++) {
                if (source.isOpen(producer)) {
                    source.decide(producer, true, now);
                }
            }
            return;
        }
        writes++;
        long producer = random.nextInt(3) == 0 ? CleanedLog.PLAIN : 1L + random.nextInt(2);
        if (producer != CleanedLog.PLAIN && source.isOpen(producer) && random.nextBoolean()) {
            source.decide(producer, random.nextInt(4) > 0, now);
            return;
        }
        List<Entry> records = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            boolean tombstone = random.nextInt(12) == 0;
            long key = 1L + random.nextInt(KEYS);
            records.add(record(key, tombstone ? -1 : value++, now));
            now += random.nextInt(3) == 0 ? 1 : 0;
        }
        source.append(producer, records, now);
    }

    /** Without another like it, unless it is a tombstone of one millisecond. */
    private static Entry record(long key, long value, long at) {
        long content = Copies.mix(key * 31 + Copies.mix(value * 17 + Copies.mix(at)));
        return new Entry(0, content, Copies.mix(content), key, value, 0, at, value < 0);
    }

    /** The flow reads some more, or writes some more of what it has, or ends its transaction; now and then it is killed. */
    private void copy() {
        if (target.isOpen(FLOW)) {
            boolean commit = random.nextInt(6) > 0;
            target.decide(FLOW, commit, now);
            copied = commit ? copyingTo : copied;
            copying.clear();
        } else if (copying.isEmpty()) {
            CleanedLog.Fetched fetched = source.fetch(copied);
            copying.addAll(fetched.entries());
            if (faulty && random.nextInt(20) == 0 && !copying.isEmpty()) {
                spoil(random.nextInt(copying.size()));
            }
            copyingTo = fetched.position();
            copied = copying.isEmpty() ? copyingTo : copied;
        } else {
            target.append(FLOW, copying, now);
        }
    }

    /** What no honest flow does. */
    private void spoil(int where) {
        Entry was = copying.get(where);
        switch (random.nextInt(4)) {
            case 0 -> copying.remove(where);
            case 1 -> copying.set(where, record(was.key(), 900_000 + value++, was.timestamp()));
            case 2 -> copying.add(where, record(1L + random.nextInt(KEYS + 1), 900_000 + value++, was.timestamp()));
            default -> copying.add(where, was);
        }
    }

    /** What an application holds that has loaded the log: the value of every key. */
    static Map<Long, Long> loaded(CleanedLog log) {
        Map<Long, Long> values = new HashMap<>();
        long position = 0;
        while (position < log.stable()) {
            CleanedLog.Fetched some = log.fetch(position);
            position = some.position();
            some.entries().forEach(e -> values.put(e.key(), e.value()));
        }
        values.values().removeIf(value -> value < 0);
        return values;
    }

    /** Proves in rounds while everything goes on; the last round judges everything. */
    PartitionResult proveInRounds(long most) {
        PartitionResult last = null;
        long reach = most;
        while (true) {
            Bounds ends = bounds(last);
            Bounds bounds = ends.atMost(reach);
            boolean whole = bounds.equals(ends);
            PartitionResult next = prove(last, bounds, whole ? Mode.BY_KEY : Mode.BY_KEY_LEAVING_THE_REST);
            if (whole || next.differences() > 0) {
                return next;
            }
            reach = last == null || next.sourceNext() > last.sourceNext() ? most : reach * 2;
            last = next;
        }
    }

    /** Proves all at once after the traffic has ended. */
    PartitionResult proveAtRest() {
        writes = WRITES;
        while (source.isOpen(1) || source.isOpen(2) || target.isOpen(FLOW) || copied < source.stable()) {
            step();
        }
        return prove(null, bounds(null), Mode.BY_KEY);
    }

    private Bounds bounds(PartitionResult before) {
        long targetEnd = target.stable();
        step();
        long sourceEnd = source.stable();
        return new Bounds(
                0,
                sourceEnd,
                0,
                targetEnd,
                before == null ? -1 : before.sourceNext() - 1,
                before == null ? -1 : before.targetNext() - 1);
    }

    private PartitionResult prove(PartitionResult earlier, Bounds bounds, Mode mode) {
        PartitionProof.Parts parts = new PartitionProof.Parts(
                new Budget(100_000), new Spill(100_000, Path.of(System.getProperty("java.io.tmpdir"))), 300);
        PartitionProof proof = new PartitionProof(Copies.TP, bounds, mode, parts, earlier);
        read(proof);
        proof.end(new Offsets(0, 0));
        Vacancies sources = look(source, proof.vacant(true));
        Vacancies targets = look(target, proof.vacant(false));
        Inquiry inquiry = new Inquiry(proof, proof.judge(sources, targets));
        search(target, inquiry.target());
        search(source, inquiry.source());
        inquiry.settle();
        return proof.result();
    }

    private void read(PartitionProof proof) {
        long left = proof.bounds().sourceFrom();
        long right = proof.bounds().targetFrom();
        long progress = -1;
        for (int still = 0; !proof.complete(); still++) {
            step();
            if (proof.wantsSource() && random.nextBoolean()) {
                CleanedLog.Fetched some = source.fetch(left);
                left = some.position();
                long fence = proof.bounds().sourceFence();
                proof.source(
                        some.entries().stream().filter(e -> e.offset() < fence).toList(), left);
            }
            if (proof.wantsTarget() && random.nextBoolean()) {
                CleanedLog.Fetched some = target.fetch(right);
                right = some.position();
                proof.target(some.entries(), right);
            }
            still = proof.progress() == progress ? still : 0;
            progress = proof.progress();
            if (still > STILL && proof.leavesTheRest()) {
                return;
            }
            if (still > 4 * STILL) {
                proof.targetStands();
                if (proof.sourceRead()) {
                    return;
                }
            }
        }
    }

    private Vacancies look(CleanedLog log, List<Span> places) {
        step();
        if (places.isEmpty()) {
            return Vacancies.unseen();
        }
        BatchScan scan = new BatchScan(places, 0);
        long before = -1;
        long stable = log.stable();
        while (scan.mayLearn() && scan.next() > before && scan.next() < stable) {
            before = scan.next();
            for (Batch batch : log.look(before)) {
                scan.batch(batch);
            }
            step();
        }
        return scan.vacancies();
    }

    private void search(CleanedLog log, Search search) {
        long position = search.from();
        while (!search.finished()) {
            CleanedLog.Fetched some = log.fetch(position);
            position = some.position();
            search.take(some.entries(), position);
            if (position == some.stable()) {
                search.end();
            }
            step();
        }
    }
}
