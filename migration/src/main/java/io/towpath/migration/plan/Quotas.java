package io.towpath.migration.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.quota.ClientQuotaEntity;

/** Clients that quotas are for, in words. */
final class Quotas {

    private Quotas() {}

    /** {@code user=billing, client-id=<default>}. */
    static String describe(ClientQuotaEntity entity) {
        return new TreeMap<>(entity.entries())
                .entrySet().stream().map(Quotas::part).collect(Collectors.joining(", "));
    }

    /** Those that name whom they are for; a default of anything is for clients that no migration moves too. */
    static Map<ClientQuotaEntity, Map<String, Double>> named(Map<ClientQuotaEntity, Map<String, Double>> quotas) {
        Map<ClientQuotaEntity, Map<String, Double>> named = new HashMap<>(quotas);
        named.keySet().removeIf(entity -> entity.entries().containsValue(null));
        return named;
    }

    private static String part(Map.Entry<String, String> part) {
        return part.getKey() + "=" + (part.getValue() == null ? "<default>" : part.getValue());
    }
}
