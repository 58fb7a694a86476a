package io.towpath.demo.story;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the demo found at its end.
 *
 * @param changes what the shop's ledger says of itself
 * @param stations every place on the way, compared with the ledger
 * @param proof last line of {@code towpath verify}
 * @param proven whether {@code towpath verify} ended with 0
 */
record Outcome(Changes changes, List<Station> stations, String proof, boolean proven) {

    /**
     * What the shop's databases did.
     *
     * @param told activities that must be told
     * @param kept of these, what may still be stored
     * @param erased customers who have left
     * @param withheld changes of customers who had not agreed
     */
    record Changes(int told, int kept, long erased, int withheld) {
        static Changes of(Ledger ledger) {
            return new Changes(ledger.told().size(), ledger.kept().size(), ledger.erased(), ledger.withheld());
        }
    }

    private static final Set<String> WRONG =
            Station.of("", List.of(), List.of(), List.of()).kinds().keySet();

    boolean passed() {
        return changes.told() > 0 && proven && stations.stream().allMatch(Station::holds);
    }

    /** 0 passed, 2 something differs. */
    int exitCode() {
        return passed() ? 0 : 2;
    }

    void print(PrintStream out) {
        print(out, "demo");
    }

    /** {@code story}: what was played. */
    void print(PrintStream out, String story) {
        out.printf("%n%-34s %9s", "station", "found");
        WRONG.forEach(kind -> out.printf(" %12s", kind));
        out.printf(Locale.ROOT, "%n%-34s %,9d%n", "shop: changes to be told", changes.told());
        out.printf(Locale.ROOT, "%-34s %,9d%n", "shop: of these to be kept", changes.kept());
        for (Station station : stations) {
            out.printf(Locale.ROOT, "%-34s %,9d", station.name(), station.found());
            station.kinds().values().forEach(deeds -> out.printf(Locale.ROOT, " %,12d", deeds.size()));
            out.println();
        }
        out.printf(
                Locale.ROOT,
                "consent: %,d changes of customers who had not agreed are nowhere; %d customers left and were erased%n",
                changes.withheld(),
                changes.erased());
        out.println(proof);
        out.println();
        out.println(lastLine(story));
    }

    String lastLine() {
        return lastLine("demo");
    }

    private String lastLine(String story) {
        if (passed()) {
            return story + ": PASS";
        }
        List<String> differences = new ArrayList<>();
        if (changes.told() == 0) {
            differences.add("shop: the workload made no change that a rule names");
        }
        stations.stream().filter(s -> !s.holds()).map(Station::difference).forEach(differences::add);
        if (!proven) {
            differences.add(proof);
        }
        return story + ": FAIL " + String.join(" | ", differences);
    }
}
