package io.towpath.demo.story;

import io.towpath.demo.stack.Admission;
import io.towpath.demo.stack.TwoClusters;
import io.towpath.local.KafkaCluster;
import io.towpath.migration.connect.ConnectRest;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What {@link MoveWork} works on, as the clusters' administrator makes it. */
final class MoveGround {

    static final List<String> TOPICS = List.of("moved", "grown");
    static final String GROUP = "movers";
    /** Whom the switch denies. */
    static final String WRITER = "writer";
    /** Whose transaction is left open. */
    static final String LATE = "late-writer";

    private static final int PARTITIONS = 2;
    private static final Map<String, String> CONFIG = Map.of("retention.ms", "86400000");
    private static final ClientQuotaEntity QUOTA = new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, WRITER));
    private static final AclBinding ACL = new AclBinding(
            new ResourcePattern(ResourceType.TOPIC, "moved", PatternType.LITERAL),
            new AccessControlEntry("User:" + WRITER, "*", AclOperation.WRITE, AclPermissionType.ALLOW));

    private final TwoClusters servers;
    private boolean prepared;

    MoveGround(TwoClusters servers) {
        this.servers = servers;
    }

    /** Two topics with records, a group that has read one, a writer with an ACL and a quota: once. */
    void prepare() {
        if (prepared) {
            return;
        }
        prepared = true;
        try (Admission dc1 = new Admission(servers.dc1());
                Admin admin = admin(servers.dc1());
                KafkaProducer<byte[], byte[]> producer = producer(servers.dc1(), Map.of("enable.idempotence", true))) {
            dc1.make(List.of(
                    new NewTopic("moved", PARTITIONS, (short) 1).configs(CONFIG),
                    new NewTopic("grown", PARTITIONS, (short) 1).configs(CONFIG)));
            TOPICS.forEach(topic -> {
                for (byte i = 0; i < 5; i++) {
                    done(producer.send(new ProducerRecord<>(topic, 0, null, new byte[] {i})));
                }
            });
            done(admin.alterConsumerGroupOffsets(
                            GROUP, Map.of(new TopicPartition("moved", 0), new OffsetAndMetadata(1)))
                    .all());
            done(admin.createAcls(List.of(ACL)).all());
            done(admin.alterClientQuotas(List.of(quota(1e6))).all());
        }
    }

    /** The target lacks a topic, an ACL and a quota, and has the topic {@code smaller} so, and with other settings. */
    void resetTarget(String smaller) {
        try (Admission dc2 = new Admission(servers.dc2());
                Admin admin = admin(servers.dc2())) {
            Collection<String> there = dc2.topics();
            List<String> ours = TOPICS.stream().filter(there::contains).toList();
            done(admin.deleteTopics(ours).all());
            await("topics are gone", () -> dc2.topics().stream().noneMatch(TOPICS::contains));
            dc2.make(List.of(new NewTopic(smaller, 1, (short) 1)));
            done(admin.deleteAcls(List.of(ACL.toFilter())).all());
            done(admin.alterClientQuotas(List.of(quota(null))).all());
        }
    }

    private static ClientQuotaAlteration quota(Double bytes) {
        return new ClientQuotaAlteration(QUOTA, Set.of(new ClientQuotaAlteration.Op("producer_byte_rate", bytes)));
    }

    /** What {@code look} says while somebody's transaction is open on {@code cluster}. */
    boolean withOpenTransaction(KafkaCluster cluster, BooleanSupplier look) {
        try (KafkaProducer<byte[], byte[]> producer = producer(cluster, Map.of("transactional.id", LATE))) {
            producer.initTransactions();
            producer.beginTransaction();
            done(producer.send(new ProducerRecord<>("moved", 1, null, new byte[] {0})));
            try {
                return look.getAsBoolean();
            } finally {
                producer.abortTransaction();
            }
        }
    }

    /** The flow that has brought records home, and where it kept its positions. */
    void forgetTheWayBack(String flow) {
        ConnectRest rest = new ConnectRest(servers.mirror().url());
        if (rest.config(flow).isPresent()) {
            rest.delete(flow);
        }
        String offsets = "towpath-" + flow + "-offsets";
        try (Admission dc1 = new Admission(servers.dc1());
                Admin admin = admin(servers.dc1())) {
            if (dc1.topics().contains(offsets)) {
                done(admin.deleteTopics(List.of(offsets)).all());
                await(offsets + " is gone", () -> !dc1.topics().contains(offsets));
            }
        }
    }

    private static Admin admin(KafkaCluster cluster) {
        return Admin.create(cluster.login(KafkaCluster.SUPER_USER).properties());
    }

    private static KafkaProducer<byte[], byte[]> producer(KafkaCluster cluster, Map<String, Object> more) {
        Map<String, Object> config =
                new HashMap<>(cluster.login(KafkaCluster.SUPER_USER).properties());
        config.putAll(more);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void await(String what, BooleanSupplier look) {
        try {
            new Waiting(Duration.ofSeconds(60)).until(what, look::getAsBoolean);
        } catch (java.sql.SQLException impossible) {
            throw new IllegalStateException(what, impossible);
        }
    }

    private static void done(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the administrator is refused", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
