package io.towpath.migration.journal;

import io.towpath.migration.config.Migration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Both copies as anybody may read them, without taking anything over.
 *
 * @param standing the newer of the copies that could be read; fresh when there is none yet
 * @param unreadable why a copy could not be read
 */
public record JournalReading(Standing standing, Map<Side, String> unreadable) {

    /**
     * Reads both copies.
     *
     * @throws JournalFailure when neither cluster answers
     */
    public static JournalReading of(Migration migration) {
        Map<Side, CompletableFuture<Optional<Standing>>> asked = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            asked.put(side, CompletableFuture.supplyAsync(() -> read(migration, side)));
        }
        Standing newest = Standing.fresh(migration.name());
        Map<Side, String> unreadable = new EnumMap<>(Side.class);
        JournalFailure failure = null;
        for (Map.Entry<Side, CompletableFuture<Optional<Standing>>> copy : asked.entrySet()) {
            try {
                Standing standing = copy.getValue().join().orElse(newest);
                newest = standing.revision() > newest.revision() ? standing : newest;
            } catch (CompletionException e) {
                failure = new JournalFailure("no copy of the journal can be read", e.getCause());
                unreadable.put(copy.getKey(), e.getCause().getMessage());
            }
        }
        if (unreadable.size() == Side.values().length) {
            throw failure;
        }
        return new JournalReading(newest, unreadable);
    }

    private static Optional<Standing> read(Migration migration, Side side) {
        try (JournalCopy copy = new JournalCopy(side.cluster(migration), migration.name())) {
            return copy.read();
        }
    }
}
