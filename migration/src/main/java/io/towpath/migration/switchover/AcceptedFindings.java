package io.towpath.migration.switchover;

import io.towpath.migration.proof.Finding;
import io.towpath.migration.proof.PartitionResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Differences between the clusters that the operator has taken upon himself, one by one.
 *
 * <p>Always: a difference that was not known when it was accepted is not accepted; it has another place.
 *
 * @param places as {@link Finding#place} says them, seen from source to target
 */
public record AcceptedFindings(Set<String> places) {

    public static final AcceptedFindings NONE = new AcceptedFindings(Set.of());

    public AcceptedFindings {
        places = Set.copyOf(places);
    }

    /**
     * What speaks against {@code results} all the same, in words.
     *
     * @param results seen from source to target, or the other way round if {@code reversed}
     */
    public List<String> against(Collection<PartitionResult> results, boolean reversed) {
        List<String> against = new ArrayList<>();
        for (PartitionResult result : results) {
            long listed = 0;
            for (Finding seen : result.findings()) {
                if (seen.kind().isFinding()) {
                    Finding finding = reversed ? seen.reversed() : seen;
                    listed += finding.count();
                    if (!places.contains(finding.place())) {
                        against.add(finding.toString());
                    }
                }
            }
            if (listed < result.differences()) {
                against.add(result.differences() - listed + " more in " + result.partition() + " than can be listed");
            }
        }
        return against;
    }
}
