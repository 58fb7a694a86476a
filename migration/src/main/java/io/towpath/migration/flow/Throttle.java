package io.towpath.migration.flow;

import io.towpath.migration.BadInput;
import io.towpath.migration.Patience;
import io.towpath.migration.config.Asked;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.mm2.IdentityFlow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;

/**
 * Limits how fast a running flow reads from its source, by client quotas there: they can be changed while it runs, and
 * hold whatever becomes of this process. Compressed bytes, as they go over the network.
 *
 * <p>MM2 names the consumer of each task {@code source->target|connector-task|replication-consumer}. Where the source knows
 * users, a quota of a user goes before one of a client id, so both are named.
 */
public final class Throttle implements AutoCloseable {

    private static final String RATE = "consumer_byte_rate";
    private static final String CLIENT = ClientQuotaEntity.CLIENT_ID;
    private static final Duration TASKS_APPEAR = Duration.ofSeconds(30);

    private final Cluster source;
    private final ConnectRest rest;
    private final IdentityFlow flow;
    private final Admin admin;
    private final Asked asked;

    public Throttle(Cluster source, ConnectRest rest, IdentityFlow flow) {
        this.source = source;
        this.rest = rest;
        this.flow = flow;
        this.admin = Admin.create(source.properties());
        this.asked = new Asked(source);
    }

    /**
     * Sets, or changes, the rate.
     *
     * @param bytesPerSecond over all tasks and brokers
     * @throws BadInput when the flow has no tasks to limit
     */
    public void set(double bytesPerSecond) {
        Map<Integer, List<TopicPartition>> tasks = Patience.of(TASKS_APPEAR)
                .until(() -> Optional.of(rest.assignments(flow.name())).filter(some -> !some.isEmpty()))
                .orElseThrow(
                        () -> new BadInput("--throttle: " + flow.name() + " has no tasks; wanted: a flow that runs"));
        Map<ClientQuotaEntity, Double> wanted = new HashMap<>();
        Shares.of(bytesPerSecond, tasks, leaders()).quotas().forEach((task, rate) -> wanted.put(entity(task), rate));
        List<ClientQuotaAlteration> changes = new ArrayList<>();
        wanted.forEach((entity, rate) -> changes.add(alteration(entity, rate)));
        present().stream()
                .filter(entity -> !wanted.containsKey(entity))
                .forEach(entity -> changes.add(removal(entity)));
        asked.answer("limit the flow", admin.alterClientQuotas(changes).all());
    }

    /**
     * Limits a flow that has no tasks yet: as many as it may have get equal parts, until {@link #set} knows what each reads.
     *
     * @param bytesPerSecond over all tasks and brokers
     */
    public void foresee(double bytesPerSecond) {
        Map<TopicPartition, Integer> leaders = leaders();
        int tasks = Math.max(1, Math.min(flow.sizing().tasks(), leaders.size()));
        long brokers = Math.max(1, leaders.values().stream().distinct().count());
        List<ClientQuotaAlteration> changes = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            changes.add(alteration(entity(task), bytesPerSecond / tasks / brokers));
        }
        asked.answer("limit the flow", admin.alterClientQuotas(changes).all());
    }

    /** Takes every limit of this flow away; how many there were. */
    public int clear() {
        Collection<ClientQuotaEntity> present = present();
        if (!present.isEmpty()) {
            asked.answer(
                    "free the flow",
                    admin.alterClientQuotas(
                                    present.stream().map(Throttle::removal).toList())
                            .all());
        }
        return present.size();
    }

    /** Brokers refuse a fraction of a byte. */
    private static ClientQuotaAlteration alteration(ClientQuotaEntity entity, double rate) {
        return new ClientQuotaAlteration(
                entity, List.of(new ClientQuotaAlteration.Op(RATE, Math.max(1.0, Math.rint(rate)))));
    }

    private static ClientQuotaAlteration removal(ClientQuotaEntity entity) {
        return new ClientQuotaAlteration(entity, List.of(new ClientQuotaAlteration.Op(RATE, null)));
    }

    private Collection<ClientQuotaEntity> present() {
        ClientQuotaFilter named = ClientQuotaFilter.contains(List.of(ClientQuotaFilterComponent.ofEntityType(CLIENT)));
        return asked
                .answer(
                        "describe client quotas",
                        admin.describeClientQuotas(named).entities())
                .keySet()
                .stream()
                .filter(entity -> String.valueOf(entity.entries().get(CLIENT)).startsWith(prefix()))
                .toList();
    }

    private String prefix() {
        return flow.source().alias() + "->" + flow.target().alias() + "|" + flow.name() + "-";
    }

    private ClientQuotaEntity entity(int task) {
        Map<String, String> entity = new HashMap<>();
        entity.put(CLIENT, prefix() + task + "|replication-consumer");
        source.user().ifPresent(user -> entity.put(ClientQuotaEntity.USER, user));
        return new ClientQuotaEntity(entity);
    }

    private Map<TopicPartition, Integer> leaders() {
        Map<TopicPartition, Integer> leaders = new HashMap<>();
        asked.answer("describe topics", admin.describeTopics(flow.topics()).allTopicNames())
                .forEach((name, topic) -> leaders.putAll(topic.partitions().stream()
                        .filter(partition -> partition.leader() != null)
                        .collect(Collectors.toMap(
                                partition -> new TopicPartition(name, partition.partition()),
                                partition -> partition.leader().id()))));
        return leaders;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
