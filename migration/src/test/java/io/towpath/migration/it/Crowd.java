package io.towpath.migration.it;

import io.towpath.local.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
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

/** A cluster as a company leaves it: topics, ACLs of every kind, groups, quotas, users. */
record Crowd(String bootstrapServers, int topics, int acls, int groups) {

    void settle() throws Exception {
        try (Admin admin = admin()) {
            List<NewTopic> wanted = IntStream.range(0, topics)
                    .mapToObj(i -> new NewTopic(name(i), 1 + i % 3, (short) 1).configs(Map.of("retention.ms", "-1")))
                    .toList();
            for (int from = 0; from < topics; from += 100) {
                Topics.create(client(), wanted.subList(from, Math.min(topics, from + 100)));
            }
            admin.createAcls(IntStream.range(0, acls).mapToObj(this::acl).toList())
                    .all()
                    .get();
            quotas(admin);
            ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
            admin.alterUserScramCredentials(
                            List.of(new UserScramCredentialUpsertion("shop", info, "only-for-this-test")))
                    .all()
                    .get();
            try (Writer writer = new Writer(bootstrapServers)) {
                for (int topic = 0; topic < topics; topic++) {
                    writer.plain(name(topic), 0, 0, 3);
                }
            }
            List<java.util.concurrent.Future<?>> committed = new ArrayList<>();
            for (int group = 0; group < groups; group++) {
                Map<TopicPartition, OffsetAndMetadata> at =
                        Map.of(new TopicPartition(name(group % topics), 0), new OffsetAndMetadata(group % 3));
                committed.add(
                        admin.alterConsumerGroupOffsets("group-" + group, at).all());
            }
            for (java.util.concurrent.Future<?> one : committed) {
                one.get();
            }
        }
    }

    private static String name(int topic) {
        return "crowd-" + topic;
    }

    /** In turn: a literal WRITE and READ of a topic, a prefixed one, a group, a transactional id, the cluster. */
    private AclBinding acl(int i) {
        String principal = "User:u" + i;
        return switch (i % 6) {
            case 0 -> acl(ResourceType.TOPIC, PatternType.LITERAL, name(i % topics), principal, AclOperation.WRITE);
            case 1 -> acl(ResourceType.TOPIC, PatternType.LITERAL, name(i % topics), principal, AclOperation.READ);
            case 2 -> acl(ResourceType.TOPIC, PatternType.PREFIXED, "crowd-", principal, AclOperation.ALL);
            case 3 -> acl(ResourceType.GROUP, PatternType.PREFIXED, "group-", principal, AclOperation.READ);
            case 4 ->
                acl(
                        ResourceType.TRANSACTIONAL_ID,
                        PatternType.PREFIXED,
                        "tx-" + i,
                        "User:u" + (i - 2),
                        AclOperation.WRITE);
            default ->
                acl(
                        ResourceType.CLUSTER,
                        PatternType.LITERAL,
                        "kafka-cluster",
                        "User:u" + (i - 5),
                        AclOperation.IDEMPOTENT_WRITE);
        };
    }

    private static AclBinding acl(
            ResourceType type, PatternType pattern, String name, String principal, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }

    private static void quotas(Admin admin) throws Exception {
        Map<String, String> everyClientOfShop = new HashMap<>();
        everyClientOfShop.put("user", "shop");
        everyClientOfShop.put("client-id", null);
        admin.alterClientQuotas(List.of(
                        new ClientQuotaAlteration(
                                new ClientQuotaEntity(Map.of("user", "billing")),
                                List.of(new ClientQuotaAlteration.Op("producer_byte_rate", 1_000_000.0))),
                        new ClientQuotaAlteration(
                                new ClientQuotaEntity(everyClientOfShop),
                                List.of(new ClientQuotaAlteration.Op("request_percentage", 25.0)))))
                .all()
                .get();
    }

    void topic(String name, int partitions) throws Exception {
        Topics.create(client(), name, partitions);
    }

    /** A group's position without any member. */
    void commit(String group, String topic, int partition, long offset) throws Exception {
        try (Admin admin = admin()) {
            admin.alterConsumerGroupOffsets(
                            group, Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
                    .all()
                    .get();
        }
    }

    private Admin admin() {
        return Admin.create(client());
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", bootstrapServers);
    }
}
