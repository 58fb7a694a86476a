package io.towpath.capture.consent;

import io.towpath.capture.consent.ConsentLedger.Entry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the records of the consent topic say, as they are read. Compaction keeps the latest record of each key's bytes, and
 * another key.converter gives an actor's key other bytes.
 *
 * <p>Always: an actor is one, with all that its records say, whatever bytes their keys have.
 */
final class StoredActors {

    private record Stored(ConsentRecord.Read read, long at) {}

    private record Whose(String database, ActorName name) {}

    private final Map<ByteBuffer, Stored> latest = new HashMap<>();

    /** @param at when the record was written */
    void put(byte[] key, ConsentRecord.Read read, long at) {
        latest.put(ByteBuffer.wrap(key), new Stored(read, at));
    }

    void remove(byte[] key) {
        latest.remove(ByteBuffer.wrap(key));
    }

    Map<String, List<Entry>> byDatabase(Set<String> databases) {
        Map<Whose, Entry> actors = new HashMap<>();
        latest.values().stream().sorted(Comparator.comparingLong(Stored::at)).forEach(stored -> {
            Entry entry = stored.read().entry();
            actors.merge(new Whose(stored.read().database(), entry.name()), entry, StoredActors::both);
        });
        Map<String, List<Entry>> all = new HashMap<>();
        databases.forEach(database -> all.put(database, new ArrayList<>()));
        actors.forEach((whose, entry) -> all.get(whose.database()).add(entry));
        return all;
    }

    /** Positions of two logs do not compare; what was written later had been told of the earlier. */
    private static Entry both(Entry earlier, Entry later) {
        if (earlier.log() != null && later.log() != null && !Objects.equals(earlier.log(), later.log())) {
            return later;
        }
        Map<String, Statements> said = new HashMap<>(earlier.said());
        later.said().forEach((category, statements) -> {
            Statements all = said.getOrDefault(category, Statements.NONE);
            for (Statement statement : statements.all()) {
                all = all.with(statement, Long.MIN_VALUE);
            }
            said.put(category, all);
        });
        return new Entry(later.name(), later.log(), Map.copyOf(said));
    }
}
