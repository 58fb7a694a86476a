package io.towpath.migration.plan.read;

import io.towpath.migration.config.Cluster;
import io.towpath.migration.config.TopicSelection;
import io.towpath.migration.plan.Access;
import io.towpath.migration.plan.Asking;
import io.towpath.migration.plan.Planner;
import io.towpath.migration.plan.Topic;
import io.towpath.migration.plan.TopicAdmin;
import io.towpath.migration.plan.Use;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.UserScramCredentialsDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.quota.ClientQuotaFilter;

/** Reads one side of a plan. */
public final class ClusterReader implements AutoCloseable {

    private final Cluster cluster;
    private final TopicAdmin topics;
    private final Asking asking;

    public ClusterReader(Cluster cluster) {
        this.cluster = cluster;
        this.topics = new TopicAdmin(cluster);
        this.asking = new Asking(cluster);
    }

    /** The source: the topics that {@code selection} takes. */
    public Planner.Side source(TopicSelection selection) {
        Set<String> names = topics.names();
        return side(names, selection.resolve(names));
    }

    /** The target: of {@code selected} those that it has. */
    public Planner.Side target(Collection<String> selected) {
        return side(topics.names(), selected);
    }

    private Planner.Side side(Set<String> names, Collection<String> selected) {
        Map<String, Topic> present = topics.topics(selected);
        Collection<Node> nodes = asking.answer(
                "describe the cluster", asking.admin().describeCluster().nodes());
        Set<String> racks =
                nodes.stream().map(Node::rack).filter(Objects::nonNull).collect(Collectors.toSet());
        return new Planner.Side(cluster.alias(), nodes.size(), racks, names, present, topics.defaults(), access());
    }

    private Access access() {
        return new Access(
                asking.<Collection<AclBinding>>ask(
                                "describe ACLs",
                                Set.of(),
                                () -> asking.admin()
                                        .describeAcls(AclBindingFilter.ANY)
                                        .values())
                        .map(HashSet::new),
                asking.ask(
                        "describe client quotas",
                        Map.of(),
                        () -> asking.admin()
                                .describeClientQuotas(ClientQuotaFilter.all())
                                .entities()),
                asking.ask(
                                "describe SCRAM users",
                                Map.<String, UserScramCredentialsDescription>of(),
                                () -> asking.admin()
                                        .describeUserScramCredentials()
                                        .all())
                        .map(ClusterReader::mechanisms));
    }

    private static Map<String, List<String>> mechanisms(Map<String, UserScramCredentialsDescription> users) {
        Map<String, List<String>> mechanisms = new TreeMap<>();
        users.forEach((name, user) -> {
            List<String> of = new ArrayList<>();
            user.credentialInfos()
                    .forEach(info -> of.add(info.mechanism().mechanismName() + " (" + info.iterations() + ")"));
            mechanisms.put(name, of);
        });
        return mechanisms;
    }

    /** Who works with {@code selected}. */
    public Use use(Collection<Topic> selected, Clock clock) {
        LogReader logs = new LogReader(asking, selected);
        return new Use(
                new GroupReader(asking).groups(),
                new WriterReader(asking).transactions(),
                new WriterReader(asking).producers(logs.partitions()),
                logs.lastWrites(),
                logs.capacity(clock));
    }

    @Override
    public void close() {
        topics.close();
        asking.close();
    }
}
