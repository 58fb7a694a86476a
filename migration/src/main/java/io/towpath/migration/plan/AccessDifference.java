package io.towpath.migration.plan;

import io.towpath.migration.journal.Lock;
import io.towpath.migration.switchover.look.Doors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Which rights and quotas the target lacks so that the clients of the migrated topics work there as here. Touches nothing.
 *
 * <p>Always: (A) an ACL of any kind, literal or prefixed, is carried when it holds for a migrated topic or a group that
 * reads one, or when its principal has such an ACL and it is about the cluster, transactional ids, tokens or users; (B)
 * nothing is ever taken away from the target; (C) what the migration itself has set to keep writers off is no wish of
 * anybody's, and stays on its side.
 */
public final class AccessDifference {

    /** How client ids of MM2's own consumers end, which a throttle limits: no business of the target's. */
    private static final String THROTTLED = "|replication-consumer";

    private static final Set<ResourceType> BY_NAME = Set.of(ResourceType.TOPIC, ResourceType.GROUP);
    private static final String EVERYBODY = "User:*";
    private static final String WRITTEN = "producer_byte_rate";

    private final Set<String> topics;
    private final Set<String> groups;
    private final Set<ClientQuotaEntity> lockedQuotas;
    private final Set<AclBinding> lockedAcls;

    /** {@code locks}: what the migration itself has set on either side. */
    public AccessDifference(Set<String> topics, Set<String> groups, Collection<Lock> locks) {
        this.topics = topics;
        this.groups = groups;
        this.lockedQuotas = locks.stream()
                .filter(lock -> lock.topic() == null)
                .map(lock -> new ClientQuotaEntity(Map.of(lock.kind(), lock.subject())))
                .collect(Collectors.toSet());
        this.lockedAcls = locks.stream()
                .filter(lock -> lock.topic() != null)
                .map(Doors::acl)
                .collect(Collectors.toSet());
    }

    public List<Change> between(Access source, Access target) {
        List<Change> changes = new ArrayList<>();
        Set<AclBinding> missing = new HashSet<>(concerned(source.acls().value()));
        missing.removeAll(target.acls().value());
        missing.removeAll(lockedAcls);
        if (!missing.isEmpty() && !target.acls().known()) {
            changes.add(new Change.Conflict(
                    "acls",
                    missing.size() + " ACLs of the source concern this migration, and the target takes none ("
                            + target.acls().lacking()
                            + "); wanted: an authorizer on the target, or --leave acls"));
        } else {
            missing.stream()
                    .map(Change.Grant::new)
                    .sorted(Comparator.comparing(Change.Grant::describe))
                    .forEach(changes::add);
        }
        changes.addAll(quotas(source, target));
        return changes;
    }

    /** ACLs on the target that hold for a migrated topic, and that the source does not have. */
    public List<String> onlyOnTarget(Access source, Access target) {
        return concerned(target.acls().value()).stream()
                .filter(acl -> BY_NAME.contains(acl.pattern().resourceType()))
                .filter(acl -> !source.acls().value().contains(acl))
                .map(Acls::describe)
                .sorted()
                .toList();
    }

    /** Users that must get a new secret on the target, by mechanism: no cluster tells the old one. */
    public List<String> reissue(Access source, Access target) {
        List<String> users = new ArrayList<>();
        new TreeMap<>(source.scram().value()).forEach((user, mechanisms) -> {
            Set<String> there = names(target.scram().value().getOrDefault(user, List.of()));
            List<String> lacking = mechanisms.stream()
                    .filter(mechanism -> !there.contains(name(mechanism)))
                    .toList();
            if (!lacking.isEmpty()) {
                users.add(user + ": " + String.join(", ", lacking));
            }
        });
        return users;
    }

    /** A remark on users that both clusters have: whether their secrets are the same ones, no cluster tells. */
    public List<String> sameNames(Access source, Access target) {
        List<String> both = new ArrayList<>();
        new TreeMap<>(source.scram().value()).forEach((user, mechanisms) -> {
            Set<String> shared = names(target.scram().value().getOrDefault(user, List.of()));
            shared.retainAll(names(mechanisms));
            if (!shared.isEmpty()) {
                both.add(user + " " + shared);
            }
        });
        return both.isEmpty()
                ? List.of()
                : List.of(
                        "SCRAM users on both clusters, who need not have the same secret: " + String.join(", ", both));
    }

    private static Set<String> names(List<String> mechanisms) {
        return mechanisms.stream().map(AccessDifference::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Without the iterations. */
    private static String name(String mechanism) {
        return mechanism.replaceFirst(" \\(.*", "");
    }

    private Set<AclBinding> concerned(Set<AclBinding> all) {
        Set<AclBinding> named = all.stream().filter(this::holds).collect(Collectors.toSet());
        Set<String> principals =
                named.stream().map(acl -> acl.entry().principal()).collect(Collectors.toSet());
        Set<AclBinding> concerned = new HashSet<>(named);
        for (AclBinding acl : all) {
            String principal = acl.entry().principal();
            if (!BY_NAME.contains(acl.pattern().resourceType())
                    && (principal.equals(EVERYBODY) || principals.contains(principal))) {
                concerned.add(acl);
            }
        }
        return concerned;
    }

    private boolean holds(AclBinding acl) {
        return switch (acl.pattern().resourceType()) {
            case TOPIC -> Acls.holds(acl.pattern(), topics);
            case GROUP -> Acls.holds(acl.pattern(), groups);
            default -> false;
        };
    }

    private List<Change> quotas(Access source, Access target) {
        List<Change> changes = new ArrayList<>();
        source.quotas().value().forEach((entity, wanted) -> {
            Map<String, Double> present = target.quotas().value().getOrDefault(entity, Map.of());
            Map<String, Double> set = new TreeMap<>(wanted);
            set.entrySet().removeIf(one -> Objects.equals(one.getValue(), present.get(one.getKey())));
            if (lockedQuotas.contains(entity)) {
                set.remove(WRITTEN);
            } else if (Objects.equals(set.get(WRITTEN), Doors.HELD)) {
                set.remove(WRITTEN);
                changes.add(new Change.Conflict(
                        "quota of " + Quotas.describe(entity),
                        WRITTEN + "=1 on the source, by another migration's freeze: quota it seems; wanted: that one"
                                + " finished, or --leave quotas"));
            }
            Map<String, Double> other = new TreeMap<>(set);
            other.keySet().retainAll(present.keySet());
            boolean ours = Objects.requireNonNullElse(entity.entries().get("client-id"), "")
                    .endsWith(THROTTLED);
            set.keySet().removeAll(other.keySet());
            if (!other.isEmpty() && !ours) {
                changes.add(new Change.Conflict(
                        "quota of " + Quotas.describe(entity),
                        other.keySet().stream()
                                        .map(key -> key + "=" + present.get(key) + " on the target and "
                                                + other.get(key) + " on the source")
                                        .collect(Collectors.joining(", "))
                                + "; wanted: one of them, set by you, or --leave quotas"));
            }
            if (!set.isEmpty() && !ours) {
                changes.add(new Change.Quota(entity, set));
            }
        });
        changes.sort(Comparator.comparing(Change::describe));
        return changes;
    }
}
