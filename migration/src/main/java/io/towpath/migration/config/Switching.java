package io.towpath.migration.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code migration.yaml} says under {@code switch}: how a cutover and a rollback are made.
 *
 * @param accepted what the operator takes upon himself: {@link #ACCEPTABLE}, and findings of the proof in its own words
 * @param coverage percent of records that must have been compared
 */
public record Switching(
        Freezing freezing, Set<String> accepted, double coverage, Applications applications, Hooks hooks) {

    /** A group that is gone from the side that is left goes on from where the last switch has set it. */
    public static final String EXPIRED_GROUP = "expired-group";

    /** Topics' settings may differ between the clusters. */
    public static final String CONFIG_DRIFT = "config-drift";

    /** A finding of the proof, as it is shown. */
    private static final Pattern FINDING = Pattern.compile("[a-z]+(-[a-z]+)* (\\S+-\\d+, (source|target) \\d.*)");

    /** What brokers before 2.8 and 3.0 cannot tell, what a share group cannot keep, and what a broker has forgotten. */
    public static final Set<String> ACCEPTABLE =
            Set.of("no-producer-list", "no-transaction-list", "share-redelivery", EXPIRED_GROUP, CONFIG_DRIFT);

    public static final Switching DEFAULTS = new Switching(
            new Freezing(Force.EVIDENCE, List.of(), List.of(), Duration.ofMinutes(2), Duration.ofSeconds(121)),
            Set.of(),
            100,
            new Applications(null, null, List.of(), Map.of()),
            new Hooks(Map.of(), Duration.ofMinutes(1)));

    static boolean acceptable(String word) {
        return ACCEPTABLE.contains(word) || FINDING.matcher(word).matches();
    }

    /** Partition, offsets and number of records of each finding that is accepted: a kind depends on who looks. */
    public Set<String> acceptedPlaces() {
        return accepted.stream()
                .map(FINDING::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(2))
                .collect(Collectors.toSet());
    }

    /** How writers are kept off the side that is left. */
    public enum Force {
        /** Nothing keeps them off: the team has stopped them, and the switch looks whether it is so. */
        EVIDENCE,
        /** WRITE on the migrated topics is denied to the named principals. */
        ACL,
        /** The named principals and client ids may write one byte a second. */
        QUOTA
    }

    /**
     * How a side is frozen.
     *
     * @param principals {@code User:name} each
     * @param clients client ids, for {@link Force#QUOTA}
     * @param deliveryTimeout the longest {@code delivery.timeout.ms} of all writers
     * @param quiet how long nothing may move; longer than {@code deliveryTimeout} unless force is used
     */
    public record Freezing(
            Force force, List<String> principals, List<String> clients, Duration deliveryTimeout, Duration quiet) {}

    /**
     * The applications' own connectors, which move with them.
     *
     * @param source a worker of the Connect cluster that serves the source's applications; null for none
     * @param target the same for the target
     * @param names the connectors, in the order in which they are stopped
     * @param set per side ({@code source}, {@code target}), the keys that differ there, as {@code connector.key}
     */
    public record Applications(URI source, URI target, List<String> names, Map<String, Map<String, String>> set) {}

    /** The team's own commands, by the moment they run at. */
    public record Hooks(Map<String, String> commands, Duration limit) {

        public static final Set<String> MOMENTS =
                Set.of("before-freeze", "after-freeze", "before-release", "after-release", "after-undo");
    }
}
