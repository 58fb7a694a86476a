package io.towpath.migration.proof;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The latest record per key on both sides. Beyond {@link Spill#keysInMemory} keys everything goes to {@value #BUCKETS}
 * files by key and is read back file by file, so memory holds one file's keys at a time.
 */
final class LatestByKey {

    /** The latest of one side, and whether the other side has its like in order. */
    record Version(Entry entry, boolean matched) {}

    /** Both sides of one key; null where the side has none. */
    static final class Latest {
        Version source;
        Version target;
    }

    private static final int BUCKETS = 64;

    private final Spill spill;
    private final Path[] files = new Path[BUCKETS];
    private Map<Long, Latest> latest = new HashMap<>();

    LatestByKey(Spill spill) {
        this.spill = spill;
    }

    void source(Version version) {
        of(version).source = version;
    }

    void target(Version version) {
        of(version).target = version;
    }

    private Latest of(Version version) {
        if (latest.size() >= spill.keysInMemory()
                && !latest.containsKey(version.entry().key())) {
            spill();
        }
        return latest.computeIfAbsent(version.entry().key(), key -> new Latest());
    }

    /** Gives every key once, then forgets all. */
    void drain(Consumer<Latest> consumer) {
        if (Arrays.stream(files).anyMatch(file -> file != null)) {
            spill();
        }
        latest.values().forEach(consumer);
        latest = new HashMap<>();
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
                for (Latest both : latest.values()) {
                    write(outs, both.source, true);
                    write(outs, both.target, false);
                }
            } finally {
                for (DataOutputStream out : outs) {
                    if (out != null) {
                        out.close();
                    }
                }
            }
            latest.clear();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot spill keys to " + spill.directory(), e);
        }
    }

    private void write(DataOutputStream[] outs, Version version, boolean source) throws IOException {
        if (version == null) {
            return;
        }
        int bucket = (int) Math.floorMod(version.entry().key(), (long) BUCKETS);
        if (outs[bucket] == null) {
            outs[bucket] = new DataOutputStream(new BufferedOutputStream(
                    Files.newOutputStream(file(bucket), StandardOpenOption.CREATE, StandardOpenOption.APPEND)));
        }
        DataOutputStream out = outs[bucket];
        Entry e = version.entry();
        out.writeBoolean(source);
        out.writeBoolean(version.matched());
        for (long part : new long[] {e.offset(), e.hi(), e.lo(), e.key(), e.value(), e.headers(), e.timestamp()}) {
            out.writeLong(part);
        }
        out.writeBoolean(e.tombstone());
    }

    private Path file(int bucket) throws IOException {
        if (files[bucket] == null) {
            files[bucket] = Files.createTempFile(spill.directory(), "keys-", ".spill");
        }
        return files[bucket];
    }

    private static Map<Long, Latest> load(Path file) {
        Map<Long, Latest> loaded = new HashMap<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (in.available() > 0) {
                boolean source = in.readBoolean();
                Version version = read(in);
                Latest both = loaded.computeIfAbsent(version.entry().key(), key -> new Latest());
                if (source) {
                    both.source = version;
                } else {
                    both.target = version;
                }
            }
            Files.delete(file);
        } catch (EOFException e) {
            throw new UncheckedIOException("spilled keys are cut short: " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read spilled keys: " + file, e);
        }
        return loaded;
    }

    private static Version read(DataInputStream in) throws IOException {
        boolean matched = in.readBoolean();
        long[] part = new long[7];
        for (int i = 0; i < part.length; i++) {
            part[i] = in.readLong();
        }
        Entry entry = new Entry(part[0], part[1], part[2], part[3], part[4], part[5], part[6], in.readBoolean());
        return new Version(entry, matched);
    }
}
