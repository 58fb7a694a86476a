package io.towpath.migration.plan;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Who works with the source, as far as the source knows.
 *
 * @param transactions transactional ids with their states
 * @param producers idempotent and transactional producers per topic; others are never listed by a broker
 * @param lastWrites the newest timestamp per topic, whoever wrote it
 */
public record Use(
        List<GroupUse> groups,
        Answer<Map<String, String>> transactions,
        Answer<Map<String, Integer>> producers,
        Answer<Map<String, Instant>> lastWrites,
        Capacity capacity) {

    public Use {
        groups = List.copyOf(groups);
    }
}
