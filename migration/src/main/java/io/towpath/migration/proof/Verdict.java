package io.towpath.migration.proof;

import java.util.List;
import java.util.Locale;

/** The outcome of a proof. Only a {@link Match} lets a switch go on. */
public sealed interface Verdict {

    Coverage coverage();

    /**
     * Records compared and found equal, of those that either side held; apart from them what compaction took, and what may
     * have been taken by it or never have come while the latest records of their keys are equal.
     */
    record Coverage(long compared, long unproven, long compacted, long superseded) {

        /** 1 when nothing is missing, also when there was nothing at all. */
        public double share() {
            long all = compared + unproven;
            return all == 0 ? 1 : (double) compared / all;
        }

        private String apart() {
            return (compacted == 0 ? "" : compacted + " compacted, ")
                    + (superseded == 0 ? "" : superseded + " superseded, ")
                    + unproven + " not proven)";
        }

        /** Rounded down, so that 100 % means all. */
        @Override
        public String toString() {
            double percent = Math.floor(share() * 1000) / 10;
            return percent == 100 ? "100 %" : String.format(Locale.ROOT, "%.1f %%", percent);
        }
    }

    /** No difference in what could be compared. */
    record Match(Coverage coverage) implements Verdict {
        @Override
        public String toString() {
            return "Match of " + coverage + " (" + coverage.compared() + " records equal, " + coverage.apart();
        }
    }

    /** The clusters differ in {@code differences} records. */
    record Mismatch(Coverage coverage, long differences) implements Verdict {
        @Override
        public String toString() {
            return "MISMATCH in " + differences + (differences == 1 ? " record (" : " records (") + coverage.compared()
                    + " equal, " + coverage.apart();
        }
    }

    static Verdict of(List<PartitionResult> results) {
        long compared = results.stream().mapToLong(PartitionResult::matched).sum();
        long compacted =
                results.stream().mapToLong(r -> r.count(Kind.COMPACTED)).sum();
        long superseded =
                results.stream().mapToLong(r -> r.count(Kind.SUPERSEDED)).sum();
        long unproven = results.stream().mapToLong(PartitionResult::unproven).sum();
        long differences =
                results.stream().mapToLong(PartitionResult::differences).sum();
        Coverage coverage = new Coverage(compared, unproven, compacted, superseded);
        return differences == 0 ? new Match(coverage) : new Mismatch(coverage, differences);
    }
}
