package io.towpath.demo.story;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What one place on the way holds, against what the shop's ledger says it must hold.
 *
 * @param name where, e.g. {@code dc1: activities}
 * @param found how many were found, right or wrong
 * @param missing in the ledger, not here
 * @param repeated here more than once, each further one counted
 * @param foreign here, and not in the ledger as it stands here
 * @param disordered here before something that the same actor did earlier
 */
record Station(
        String name, long found, List<Deed> missing, List<Deed> repeated, List<Deed> foreign, List<Deed> disordered) {

    private static final int NAMED = 3;

    /** Compares as a multiset. */
    static Station of(String name, List<Deed> ledger, List<Deed> found) {
        Set<Deed> wanted = new HashSet<>(ledger);
        Set<Deed> seen = new HashSet<>();
        List<Deed> repeated = new ArrayList<>();
        List<Deed> foreign = new ArrayList<>();
        for (Deed deed : found) {
            if (!seen.add(deed)) {
                repeated.add(deed);
            } else if (!wanted.contains(deed)) {
                foreign.add(deed);
            }
        }
        List<Deed> missing =
                ledger.stream().filter(deed -> !seen.contains(deed)).toList();
        return new Station(name, found.size(), missing, repeated, foreign, List.of());
    }

    /** Compares as a multiset, and the order in which each actor's deeds stand. */
    static Station ordered(String name, List<Deed> ledger, List<Deed> found) {
        Map<Deed, Integer> place = new HashMap<>();
        ledger.forEach(deed -> place.put(deed, place.size()));
        Map<String, Integer> last = new HashMap<>();
        List<Deed> disordered = new ArrayList<>();
        for (Deed deed : found) {
            Integer at = place.get(deed);
            if (at != null && at < last.getOrDefault(deed.actor(), -1)) {
                disordered.add(deed);
            } else if (at != null) {
                last.put(deed.actor(), at);
            }
        }
        Station station = of(name, ledger, found);
        return new Station(name, station.found, station.missing, station.repeated, station.foreign, disordered);
    }

    boolean holds() {
        return missing.isEmpty() && repeated.isEmpty() && foreign.isEmpty() && disordered.isEmpty();
    }

    /** What differs, with the first few named; empty when nothing does. */
    String difference() {
        Map<String, List<Deed>> kinds = new LinkedHashMap<>();
        kinds.put("missing", missing);
        kinds.put("repeated", repeated);
        kinds.put("foreign", foreign);
        kinds.put("out of order", disordered);
        List<String> parts = new ArrayList<>();
        kinds.forEach((kind, deeds) -> {
            if (!deeds.isEmpty()) {
                String more = deeds.size() > NAMED ? ", …" : "";
                parts.add(String.format(
                        Locale.ROOT,
                        "%,d %s: %s%s",
                        deeds.size(),
                        kind,
                        String.join(
                                ", ",
                                deeds.stream().limit(NAMED).map(Deed::toString).toList()),
                        more));
            }
        });
        return parts.isEmpty() ? "" : name + ": " + String.join("; ", parts);
    }
}
