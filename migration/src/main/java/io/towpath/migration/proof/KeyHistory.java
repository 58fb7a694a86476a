package io.towpath.migration.proof;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What both sides hold of every key: the latest offset, and the records without counterpart. Beyond
 * {@link Spill#keysInMemory} of both together everything goes to {@value #BUCKETS} files by key and is read back file by
 * file, so memory holds one file's keys at a time.
 */
final class KeyHistory {

    private static final int BUCKETS = 64;

    private final Spill spill;
    private final Path[] files = new Path[BUCKETS];
    private Map<Long, OneKey> keys = new HashMap<>();
    private long held;

    KeyHistory(Spill spill) {
        this.spill = spill;
    }

    /** The latest record of its key so far. */
    void latest(Entry entry, boolean ofSource) {
        of(entry.key()).latest(ofSource, entry.offset(), entry.tombstone(), false);
    }

    /** The latest record of its key so far, which has its equal on the other side. */
    void paired(Entry entry, boolean ofSource) {
        of(entry.key()).latest(ofSource, entry.offset(), entry.tombstone(), true);
    }

    /** A record without counterpart, also the latest of its key so far. */
    void loose(Entry entry, boolean ofSource, int place) {
        latest(entry, ofSource);
        of(entry.key()).loose.add(new Suspect(entry, ofSource, place));
        held++;
    }

    private OneKey of(long key) {
        OneKey known = keys.get(key);
        if (known != null && held < spill.keysInMemory()) {
            return known;
        }
        if (held >= spill.keysInMemory()) {
            spill();
        }
        held++;
        return keys.computeIfAbsent(key, k -> new OneKey());
    }

    /** Gives every key once, then forgets all. */
    void drain(Consumer<OneKey> consumer) {
        boolean spilled = false;
        for (Path file : files) {
            spilled |= file != null;
        }
        if (spilled) {
            spill();
        }
        keys.values().forEach(consumer);
        keys = new HashMap<>();
        held = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (files[bucket] != null) {
                load(files[bucket]).values().forEach(consumer);
                files[bucket] = null;
            }
        }
    }

    private void spill() {
        try {
            DataOutputStream[] outs = new DataOutputStream[BUCKETS];
            try {
                for (Map.Entry<Long, OneKey> one : keys.entrySet()) {
                    one.getValue().write(one.getKey(), out(outs, one.getKey()));
                }
            } finally {
                for (DataOutputStream out : outs) {
                    if (out != null) {
                        out.close();
                    }
                }
            }
            keys.clear();
            held = 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot spill keys to " + spill.directory(), e);
        }
    }

    private DataOutputStream out(DataOutputStream[] outs, long key) throws IOException {
        int bucket = (int) Math.floorMod(key, (long) BUCKETS);
        if (files[bucket] == null) {
            files[bucket] = Files.createTempFile(spill.directory(), "keys-", ".spill");
        }
        if (outs[bucket] == null) {
            outs[bucket] = new DataOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(files[bucket], StandardOpenOption.APPEND)));
        }
        return outs[bucket];
    }

    private static Map<Long, OneKey> load(Path file) {
        Map<Long, OneKey> loaded = new HashMap<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (in.available() > 0) {
                loaded.computeIfAbsent(in.readLong(), key -> new OneKey()).read(in);
            }
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read spilled keys: " + file, e);
        }
        return loaded;
    }

    /** One key on both sides. */
    static final class OneKey {

        private static final long NONE = -1;

        final List<Suspect> loose = new ArrayList<>(0);
        private long source = NONE;
        private long target = NONE;
        private boolean sourceDeleted;
        private boolean targetDeleted;
        private boolean sourcePaired;
        private boolean targetPaired;

        /** The offset of the latest record; negative for none. */
        long latest(boolean ofSource) {
            return ofSource ? source : target;
        }

        /** Whether the latest record is a tombstone. */
        boolean deleted(boolean ofSource) {
            return ofSource ? sourceDeleted : targetDeleted;
        }

        /** Whether both sides' latest records are equal: pairs rise on both sides, so they are one pair. */
        boolean latestArePaired() {
            return sourcePaired && targetPaired;
        }

        /** Whether the latest records of both sides are a pair that stands after this one. */
        boolean pairedAfter(Suspect one) {
            return latestArePaired() && latest(one.ofSource()) > one.entry().offset();
        }

        private void latest(boolean ofSource, long offset, boolean tombstone, boolean paired) {
            if (offset <= latest(ofSource)) {
                return;
            }
            if (ofSource) {
                source = offset;
                sourceDeleted = tombstone;
                sourcePaired = paired;
            } else {
                target = offset;
                targetDeleted = tombstone;
                targetPaired = paired;
            }
        }

        private void write(long key, DataOutputStream out) throws IOException {
            out.writeLong(key);
            out.writeLong(source);
            out.writeLong(target);
            out.writeBoolean(sourceDeleted);
            out.writeBoolean(targetDeleted);
            out.writeBoolean(sourcePaired);
            out.writeBoolean(targetPaired);
            out.writeInt(loose.size());
            for (Suspect one : loose) {
                one.entry().write(out);
                out.writeBoolean(one.ofSource());
                out.writeInt(one.place());
            }
        }

        private void read(DataInputStream in) throws IOException {
            long oneSource = in.readLong();
            long oneTarget = in.readLong();
            boolean oneSourceDeleted = in.readBoolean();
            boolean oneTargetDeleted = in.readBoolean();
            latest(true, oneSource, oneSourceDeleted, in.readBoolean());
            latest(false, oneTarget, oneTargetDeleted, in.readBoolean());
            for (int left = in.readInt(); left > 0; left--) {
                loose.add(new Suspect(Entry.read(in), in.readBoolean(), in.readInt()));
            }
        }
    }
}
