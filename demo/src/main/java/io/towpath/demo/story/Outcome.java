package io.towpath.demo.story;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the demo found at its end.
 *
 * @param changes how many changes the rules name, by the shop's ledger
 * @param stations every place on the way, compared with the ledger
 * @param proof last line of {@code towpath verify}
 * @param proven whether {@code towpath verify} ended with 0
 */
record Outcome(int changes, List<Station> stations, String proof, boolean proven) {

    private static final Set<String> WRONG =
            Station.of("", List.of(), List.of(), List.of()).kinds().keySet();

    boolean passed() {
        return changes > 0 && proven && stations.stream().allMatch(Station::holds);
    }

    /** 0 passed, 2 something differs. */
    int exitCode() {
        return passed() ? 0 : 2;
    }

    void print(PrintStream out) {
        out.printf("%n%-34s %9s", "station", "found");
        WRONG.forEach(kind -> out.printf(" %12s", kind));
        out.printf(Locale.ROOT, "%n%-34s %,9d%n", "shop: changes that a rule names", changes);
        for (Station station : stations) {
            out.printf(Locale.ROOT, "%-34s %,9d", station.name(), station.found());
            station.kinds().values().forEach(deeds -> out.printf(Locale.ROOT, " %,12d", deeds.size()));
            out.println();
        }
        out.println(proof);
        out.println();
        out.println(lastLine());
    }

    String lastLine() {
        if (passed()) {
            return "demo: PASS";
        }
        List<String> differences = new ArrayList<>();
        if (changes == 0) {
            differences.add("shop: the workload made no change that a rule names");
        }
        stations.stream().filter(s -> !s.holds()).map(Station::difference).forEach(differences::add);
        if (!proven) {
            differences.add(proof);
        }
        return "demo: FAIL " + String.join(" | ", differences);
    }
}
