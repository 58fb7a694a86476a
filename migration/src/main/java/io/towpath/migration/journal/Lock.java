package io.towpath.migration.journal;

/**
 * One thing of ours that keeps a writer off.
 *
 * @param kind {@code acl}, or the type of a quota's entity: {@code user}, {@code client-id}
 * @param subject principal, user name or client id
 * @param topic for an ACL; null for a quota
 * @param former the quota's value before; null for none
 */
public record Lock(String kind, Side side, String subject, String topic, Double former) {}
