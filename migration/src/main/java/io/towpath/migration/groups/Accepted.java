package io.towpath.migration.groups;

/**
 * What the operator takes upon himself.
 *
 * @param redelivery share groups may get records again that they acknowledged out of order
 * @param missingCoverage groups may pass over records that were not proven
 */
public record Accepted(boolean redelivery, boolean missingCoverage) {

    public static final Accepted NOTHING = new Accepted(false, false);
}
