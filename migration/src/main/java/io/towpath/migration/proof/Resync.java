package io.towpath.migration.proof;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds where two sequences go on together after a difference: the place that skips the fewest records of both sides and
 * from which {@code confirm} records in a row are equal (fewer where a sequence ends).
 */
final class Resync {

    /** Skip so many of the source and so many of the target. */
    record Skip(int source, int target) {

        int cost() {
            return source + target;
        }
    }

    /** Equal records are tried at so many places; a topic of identical records would cost a square otherwise. */
    private static final int TRIES = 8;

    private final int confirm;

    Resync(int confirm) {
        this.confirm = confirm;
    }

    int confirm() {
        return confirm;
    }

    /** The cheapest skip within the first {@code depth} records of both. */
    Optional<Skip> find(Window source, Window target, int depth) {
        int sources = Math.min(depth, source.size());
        int targets = Math.min(depth, target.size());
        int[] next = new int[targets];
        Map<Long, Integer> first = index(target, targets, next);
        Skip best = null;
        for (int i = 0; i < sources && (best == null || i <= best.cost()); i++) {
            int j = first.getOrDefault(source.get(i).lo(), -1);
            for (int tries = 0; j >= 0 && tries < TRIES; tries++, j = next[j]) {
                Skip skip = new Skip(i, j);
                if (isBetter(skip, best, source) && goesOn(source, i, target, j)) {
                    best = skip;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Of two that are as cheap, one that goes on with a value: deletions of a key can be identical. */
    private static boolean isBetter(Skip skip, Skip best, Window source) {
        if (best == null || skip.cost() < best.cost()) {
            return true;
        }
        return skip.cost() == best.cost()
                && source.get(best.source()).tombstone()
                && !source.get(skip.source()).tombstone();
    }

    private static Map<Long, Integer> index(Window target, int targets, int[] next) {
        Map<Long, Integer> first = new HashMap<>(targets * 2);
        Arrays.fill(next, -1);
        for (int j = targets - 1; j >= 0; j--) {
            Integer later = first.put(target.get(j).lo(), j);
            if (later != null) {
                next[j] = later;
            }
        }
        return first;
    }

    private boolean goesOn(Window source, int i, Window target, int j) {
        for (int k = 0; k < confirm; k++) {
            if (source.endsAt(i + k) || target.endsAt(j + k)) {
                return k > 0;
            }
            if (i + k >= source.size() || j + k >= target.size()) {
                return false;
            }
            if (!source.get(i + k).same(target.get(j + k))) {
                return false;
            }
        }
        return true;
    }
}
