package io.towpath.migration.plan.read;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.plan.Asking;
import io.towpath.migration.plan.Change;
import io.towpath.migration.plan.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;

/**
 * Makes the changes of a plan on the target: in their order, neighbours of one kind together. Stopped in the middle, a new
 * plan holds what is left.
 */
public final class TargetAdmin implements AutoCloseable {

    private static final int TOGETHER = 100;
    /** A controller refuses more than 10,000 new partitions in one request. */
    private static final int PARTITIONS = 5_000;

    private final Asking asking;

    public TargetAdmin(Cluster target) {
        this.asking = new Asking(target);
    }

    public void apply(List<Change> changes) {
        together(changes).forEach(this::make);
    }

    /** The same changes in the same order, cut into requests; one of them alone may be larger than a request should be. */
    static List<List<Change>> together(List<Change> changes) {
        List<List<Change>> requests = new ArrayList<>();
        long partitions = 0;
        for (Change change : changes) {
            List<Change> last = requests.isEmpty() ? List.of() : requests.get(requests.size() - 1);
            partitions += partitions(change);
            if (last.isEmpty()
                    || last.get(0).getClass() != change.getClass()
                    || last.size() == TOGETHER
                    || partitions > PARTITIONS) {
                last = new ArrayList<>();
                requests.add(last);
                partitions = partitions(change);
            }
            last.add(change);
        }
        return requests;
    }

    private static long partitions(Change change) {
        if (change instanceof Change.Create create) {
            return create.wanted().partitions();
        }
        return change instanceof Change.Grow grow ? grow.to() - grow.from() : 0;
    }

    private void make(List<Change> alike) {
        Change first = alike.get(0);
        if (first instanceof Change.Create) {
            create(of(alike, Change.Create.class));
        } else if (first instanceof Change.Grow) {
            grow(of(alike, Change.Grow.class));
        } else if (first instanceof Change.Alter) {
            alter(of(alike, Change.Alter.class));
        } else if (first instanceof Change.Quota) {
            limit(of(alike, Change.Quota.class));
        } else if (first instanceof Change.Grant) {
            grant(of(alike, Change.Grant.class));
        } else {
            throw new BadInput(first.describe());
        }
    }

    private static <C extends Change> List<C> of(List<Change> changes, Class<C> kind) {
        return changes.stream().map(kind::cast).toList();
    }

    private static String named(Collection<? extends Change> changes) {
        return changes.stream().map(Change::subject).collect(Collectors.joining(", "));
    }

    private void create(List<Change.Create> creates) {
        List<NewTopic> topics = new ArrayList<>();
        for (Change.Create create : creates) {
            Topic wanted = create.wanted();
            topics.add(new NewTopic(
                            wanted.name(), Optional.of(wanted.partitions()), Optional.of((short) wanted.replication()))
                    .configs(wanted.configs()));
        }
        asking.answer(
                "create " + named(creates), asking.admin().createTopics(topics).all());
    }

    private void grow(List<Change.Grow> grows) {
        Map<String, NewPartitions> wanted =
                grows.stream().collect(Collectors.toMap(Change.Grow::subject, g -> NewPartitions.increaseTo(g.to())));
        asking.answer(
                "grow " + named(grows), asking.admin().createPartitions(wanted).all());
    }

    private void alter(List<Change.Alter> alters) {
        Map<ConfigResource, Collection<AlterConfigOp>> wanted = new HashMap<>();
        for (Change.Alter alter : alters) {
            wanted.put(
                    new ConfigResource(ConfigResource.Type.TOPIC, alter.subject()),
                    alter.set().entrySet().stream()
                            .map(e -> new AlterConfigOp(
                                    new ConfigEntry(e.getKey(), e.getValue()), AlterConfigOp.OpType.SET))
                            .toList());
        }
        asking.answer(
                "alter " + named(alters),
                asking.admin().incrementalAlterConfigs(wanted).all());
    }

    private void limit(List<Change.Quota> quotas) {
        List<ClientQuotaAlteration> wanted = quotas.stream()
                .map(quota -> new ClientQuotaAlteration(
                        quota.entity(),
                        quota.set().entrySet().stream()
                                .map(e -> new ClientQuotaAlteration.Op(e.getKey(), e.getValue()))
                                .toList()))
                .toList();
        asking.answer(
                "set quotas of " + named(quotas),
                asking.admin().alterClientQuotas(wanted).all());
    }

    private void grant(List<Change.Grant> grants) {
        asking.answer(
                "create ACLs on " + named(grants),
                asking.admin()
                        .createAcls(grants.stream().map(Change.Grant::acl).toList())
                        .all());
    }

    @Override
    public void close() {
        asking.close();
    }
}
