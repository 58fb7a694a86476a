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
 * @param altered here with another id or time than at the first station, or with an id that another activity has
 * @param disordered here after something that the same actor did later
 */
record Station(
        String name,
        long found,
        List<Deed> missing,
        List<Deed> repeated,
        List<Deed> foreign,
        List<Deed> altered,
        List<Deed> disordered) {

    private static final int NAMED = 3;

    /**
     * Compares with the ledger as a multiset, and each activity's id and time with those at the first station.
     *
     * @param first what the first station shows; {@code found} itself for that one
     */
    static Station of(String name, List<Deed> ledger, List<Sighting> found, List<Sighting> first) {
        Set<Deed> wanted = new HashSet<>(ledger);
        Map<Deed, Sighting> original = new HashMap<>();
        first.forEach(sighting -> original.putIfAbsent(sighting.deed(), sighting));
        Set<Deed> seen = new HashSet<>();
        Set<String> ids = new HashSet<>();
        List<Deed> repeated = new ArrayList<>();
        List<Deed> foreign = new ArrayList<>();
        List<Deed> altered = new ArrayList<>();
        for (Sighting sighting : found) {
            Deed deed = sighting.deed();
            if (!seen.add(deed)) {
                repeated.add(deed);
            } else if (!wanted.contains(deed)) {
                foreign.add(deed);
            } else if (!ids.add(sighting.id()) || !sighting.equals(original.getOrDefault(deed, sighting))) {
                altered.add(deed);
            }
        }
        List<Deed> missing =
                ledger.stream().filter(deed -> !seen.contains(deed)).toList();
        return new Station(name, found.size(), missing, repeated, foreign, altered, List.of());
    }

    /** The same, and the order in which each actor's deeds stand. */
    static Station ordered(String name, List<Deed> ledger, List<Sighting> found, List<Sighting> first) {
        Map<Deed, Integer> place = new HashMap<>();
        ledger.forEach(deed -> place.put(deed, place.size()));
        Map<String, Integer> last = new HashMap<>();
        List<Deed> disordered = new ArrayList<>();
        for (Sighting sighting : found) {
            Deed deed = sighting.deed();
            Integer at = place.get(deed);
            if (at != null && at < last.getOrDefault(deed.actor(), -1)) {
                disordered.add(deed);
            } else if (at != null) {
                last.put(deed.actor(), at);
            }
        }
        Station s = of(name, ledger, found, first);
        return new Station(name, s.found, s.missing, s.repeated, s.foreign, s.altered, disordered);
    }

    boolean holds() {
        return kinds().values().stream().allMatch(List::isEmpty);
    }

    /** What may be wrong, by the word for it. */
    Map<String, List<Deed>> kinds() {
        Map<String, List<Deed>> kinds = new LinkedHashMap<>();
        kinds.put("missing", missing);
        kinds.put("repeated", repeated);
        kinds.put("foreign", foreign);
        kinds.put("altered", altered);
        kinds.put("out of order", disordered);
        return kinds;
    }

    /** What differs, with the first few named; empty when nothing does. */
    String difference() {
        List<String> parts = new ArrayList<>();
        kinds().forEach((kind, deeds) -> {
            if (!deeds.isEmpty()) {
                List<String> named =
                        deeds.stream().limit(NAMED).map(Deed::toString).toList();
                String more = deeds.size() > NAMED ? ", …" : "";
                parts.add(String.format(Locale.ROOT, "%,d %s: ", deeds.size(), kind) + String.join(", ", named) + more);
            }
        });
        return parts.isEmpty() ? "" : name + ": " + String.join("; ", parts);
    }
}
