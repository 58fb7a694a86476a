package io.towpath.migration.switchover.look;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.config.Switching.Force;
import io.towpath.migration.config.Switching.Freezing;
import io.towpath.migration.journal.Lock;
import io.towpath.migration.journal.Side;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Keeps named writers off one side, and lets them in again. */
public final class Doors {

    private static final String SUPER_USERS = "super.users";
    /** Bytes a second that a quota of ours leaves a writer. */
    public static final double HELD = 1;

    private static final String RATE = "producer_byte_rate";

    private final Side side;
    private final Cluster cluster;
    private final Admin admin;
    private final Freezing freezing;

    public Doors(Side side, LogView view, Freezing freezing) {
        this.side = side;
        this.cluster = view.cluster();
        this.admin = view.admin();
        this.freezing = freezing;
    }

    /** What must be added so that the writers stay out; what is there already is somebody else's and stays. */
    public List<Lock> missing(Collection<String> topics) {
        return switch (freezing.force()) {
            case EVIDENCE -> List.of();
            case ACL -> missingAcls(topics);
            case QUOTA -> missingQuotas();
        };
    }

    public void shut(List<Lock> locks) {
        List<AclBinding> acls =
                locks.stream().filter(l -> l.topic() != null).map(Doors::acl).toList();
        if (!acls.isEmpty()) {
            LogView.answer(cluster, "create ACLs", admin.createAcls(acls).all());
        }
        quota(locks, false);
    }

    public void open(List<Lock> locks) {
        List<AclBindingFilter> acls = locks.stream()
                .filter(l -> l.topic() != null)
                .map(l -> acl(l).toFilter())
                .toList();
        if (!acls.isEmpty()) {
            LogView.answer(cluster, "delete ACLs", admin.deleteAcls(acls).all());
        }
        quota(locks, true);
    }

    /**
     * Asks whether the force can do its work here.
     *
     * @return what cannot be known, in words
     * @throws BadInput when it cannot hold anybody off
     */
    public Optional<String> doubt() {
        if (freezing.force() == Force.EVIDENCE) {
            return Optional.empty();
        }
        refuseOwnPrincipal();
        if (freezing.force() == Force.QUOTA) {
            return Optional.of("a quota slows all that they write on " + cluster.alias() + ", other topics too");
        }
        try {
            LogView.answer(
                    cluster,
                    "describe ACLs",
                    admin.describeAcls(AclBindingFilter.ANY).values());
        } catch (LookFailure e) {
            if (e.getCause() instanceof SecurityDisabledException) {
                throw new BadInput(
                        "switch.freeze: acl given; wanted: evidence or quota, since " + cluster.alias()
                                + " has no authorizer",
                        e);
            }
            throw e;
        }
        return superUsers();
    }

    /** The first of {@code topics} that we ourselves may not write to; a broker that does not tell names none. */
    public Optional<String> closedToUs(Collection<String> topics) {
        return LogView.answer(
                        cluster,
                        "describe topics",
                        admin.describeTopics(topics, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                                .allTopicNames())
                .values()
                .stream()
                .filter(topic -> topic.authorizedOperations() != null
                        && !topic.authorizedOperations().contains(AclOperation.WRITE))
                .map(TopicDescription::name)
                .sorted()
                .findFirst();
    }

    private void refuseOwnPrincipal() {
        Optional<String> own =
                cluster.user().filter(name -> freezing.principals().contains("User:" + name));
        if (own.isPresent()) {
            throw new BadInput("switch.principals: User:" + own.get() + " given; wanted: not the principal that "
                    + cluster.alias() + " is reached with here, which the flow needs");
        }
    }

    /** Brokers hide the value of keys that are their authorizer's own; a hidden value is one that is set. */
    private Optional<String> superUsers() {
        int node = LogView.answer(
                        cluster, "describe the cluster", admin.describeCluster().nodes())
                .iterator()
                .next()
                .id();
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, Integer.toString(node));
        ConfigEntry entry = LogView.answer(
                        cluster,
                        "describe a broker",
                        admin.describeConfigs(List.of(broker)).all())
                .get(broker)
                .get(SUPER_USERS);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.value() == null) {
            return Optional.of(cluster.alias() + " has super users and does not tell who they are: see " + SUPER_USERS
                    + " of its brokers; no ACL binds them, only the evidence counts for those");
        }
        Set<String> unbound = new HashSet<>(freezing.principals());
        unbound.retainAll(List.of(entry.value().split(";")));
        if (!unbound.isEmpty()) {
            throw new BadInput("switch.principals: " + unbound + " given; wanted: none of the super users of "
                    + cluster.alias() + ", whom no ACL binds");
        }
        return Optional.empty();
    }

    private List<Lock> missingAcls(Collection<String> topics) {
        Collection<AclBinding> present = LogView.answer(
                cluster,
                "describe ACLs",
                admin.describeAcls(AclBindingFilter.ANY).values());
        List<Lock> missing = new ArrayList<>();
        for (String topic : topics) {
            for (String principal : freezing.principals()) {
                Lock lock = new Lock("acl", side, principal, topic, null);
                if (!present.contains(acl(lock))) {
                    missing.add(lock);
                }
            }
        }
        return missing;
    }

    private List<Lock> missingQuotas() {
        List<Lock> locks = new ArrayList<>();
        freezing.principals().forEach(p -> locks.add(quotaOf("user", p.substring("User:".length()))));
        freezing.clients().forEach(client -> locks.add(quotaOf("client-id", client)));
        return locks;
    }

    private Lock quotaOf(String type, String name) {
        ClientQuotaFilter exactly =
                ClientQuotaFilter.containsOnly(List.of(ClientQuotaFilterComponent.ofEntity(type, name)));
        Double former = LogView.answer(
                        cluster,
                        "describe quotas",
                        admin.describeClientQuotas(exactly).entities())
                .getOrDefault(new ClientQuotaEntity(Map.of(type, name)), Map.of())
                .get(RATE);
        return new Lock(type, side, name, null, former);
    }

    private void quota(List<Lock> locks, boolean open) {
        List<ClientQuotaAlteration> changes = locks.stream()
                .filter(lock -> lock.topic() == null)
                .map(lock -> new ClientQuotaAlteration(
                        new ClientQuotaEntity(Map.of(lock.kind(), lock.subject())),
                        List.of(new ClientQuotaAlteration.Op(RATE, open ? lock.former() : Double.valueOf(HELD)))))
                .toList();
        if (!changes.isEmpty()) {
            LogView.answer(
                    cluster, "alter quotas", admin.alterClientQuotas(changes).all());
        }
    }

    /** How a lock of a topic stands among the ACLs. */
    public static AclBinding acl(Lock lock) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, lock.topic(), PatternType.LITERAL),
                new AccessControlEntry(lock.subject(), "*", AclOperation.WRITE, AclPermissionType.DENY));
    }
}
