package io.towpath.migration.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.quota.ClientQuotaEntity;

/**
 * Who may do what on one cluster, and how much of it.
 *
 * @param scram users with their mechanisms, as {@code SCRAM-SHA-512 (4096)}; their secrets cannot be read
 */
public record Access(
        Answer<Set<AclBinding>> acls,
        Answer<Map<ClientQuotaEntity, Map<String, Double>>> quotas,
        Answer<Map<String, List<String>>> scram) {}
