package io.towpath.migration.plan;

import static org.apache.kafka.common.acl.AclOperation.ALL;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.IDEMPOTENT_WRITE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.acl.AclPermissionType.ALLOW;
import static org.apache.kafka.common.acl.AclPermissionType.DENY;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.CLUSTER;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.journal.Lock;
import io.towpath.migration.journal.Side;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class AccessDifferenceTest {

    private static final Access NOTHING = access(Set.of(), Map.of(), Map.of());
    private static final ClientQuotaEntity BILLING = new ClientQuotaEntity(Map.of("user", "billing"));

    private final AccessDifference difference = difference();

    @Test
    void everyKindOfAclThatConcernsATopicOrItsReadersIsCarried() {
        Set<AclBinding> carried = Set.of(
                acl(TOPIC, LITERAL, "shop.orders", "User:shop", WRITE),
                acl(TOPIC, PREFIXED, "shop.", "User:shop", ALL),
                acl(TOPIC, LITERAL, "*", "User:audit", DESCRIBE),
                acl(GROUP, LITERAL, "billing", "User:billing", READ),
                acl(TRANSACTIONAL_ID, PREFIXED, "shop-", "User:shop", WRITE),
                acl(CLUSTER, LITERAL, "kafka-cluster", "User:shop", IDEMPOTENT_WRITE));
        Set<AclBinding> others = Set.of(
                acl(TOPIC, LITERAL, "crm.customers", "User:crm", WRITE),
                acl(TOPIC, PREFIXED, "shop.orders.", "User:crm", WRITE),
                acl(GROUP, LITERAL, "crm", "User:crm", READ),
                acl(TRANSACTIONAL_ID, LITERAL, "crm", "User:crm", WRITE));
        assertThat(difference.between(acls(carried, others), NOTHING))
                .containsExactlyInAnyOrderElementsOf(
                        carried.stream().map(Change.Grant::new).toList());
    }

    @Test
    void whatTheTargetHasIsNotGrantedAgainAndWhatItHasAloneIsTold() {
        Set<AclBinding> same = Set.of(acl(TOPIC, LITERAL, "shop.orders", "User:shop", WRITE));
        Set<AclBinding> more = Set.of(acl(TOPIC, LITERAL, "shop.orders", "User:stranger", WRITE));
        assertThat(difference.between(acls(same), acls(same, more))).isEmpty();
        assertThat(difference.onlyOnTarget(acls(same), acls(same, more)))
                .containsExactly("allow User:stranger write on topic shop.orders");
    }

    @Test
    void aDenialIsCarriedInWordsThatSaySo() {
        AclBinding denial = new AclBinding(
                new ResourcePattern(TOPIC, "shop.orders", LITERAL),
                new AccessControlEntry("User:crm", "10.0.0.7", WRITE, DENY));
        assertThat(difference.between(acls(Set.of(denial)), NOTHING))
                .singleElement()
                .extracting(Change::describe)
                .isEqualTo("deny User:crm write on topic shop.orders from 10.0.0.7");
    }

    @Test
    void aTargetWithoutAnAuthorizerIsAConflictInWords() {
        Access source = acls(Set.of(acl(TOPIC, LITERAL, "shop.orders", "User:shop", WRITE)));
        Access target =
                new Access(Answer.lacking(Set.of(), "it has no authorizer"), Answer.of(Map.of()), Answer.of(Map.of()));
        assertThat(difference.between(source, target))
                .containsExactly(new Change.Conflict(
                        "acls",
                        "1 ACLs of the source concern this migration, and the target takes none (it has no"
                                + " authorizer); wanted: an authorizer on the target, or --leave acls"));
        assertThat(difference.between(NOTHING, target)).isEmpty();
    }

    @Test
    void quotasAreSetWhereTheyDifferAndOurOwnThrottleIsNotCarried() {
        Map<ClientQuotaEntity, Map<String, Double>> source = Map.of(
                BILLING,
                Map.of("producer_byte_rate", 10.0, "request_percentage", 50.0),
                new ClientQuotaEntity(Map.of("client-id", "dc1->dc2|shop-forward-0|replication-consumer")),
                Map.of("consumer_byte_rate", 1.0));
        Map<ClientQuotaEntity, Map<String, Double>> target = Map.of(BILLING, Map.of("request_percentage", 50.0));
        assertThat(difference.between(access(Set.of(), source, Map.of()), access(Set.of(), target, Map.of())))
                .containsExactly(new Change.Quota(BILLING, Map.of("producer_byte_rate", 10.0)));
    }

    @Test
    void whatTheMigrationItselfHasSetToKeepWritersOffStaysOnItsSide() {
        Lock denied = new Lock("acl", Side.SOURCE, "User:shop", "shop.orders", null);
        Lock slowed = new Lock("user", Side.TARGET, "billing", null, 10.0);
        AclBinding acl = new AclBinding(
                new ResourcePattern(TOPIC, "shop.orders", LITERAL),
                new AccessControlEntry("User:shop", "*", WRITE, DENY));
        Map<ClientQuotaEntity, Map<String, Double>> asEver =
                Map.of(BILLING, Map.of("producer_byte_rate", 10.0, "request_percentage", 50.0));
        Map<ClientQuotaEntity, Map<String, Double>> held = Map.of(BILLING, Map.of("producer_byte_rate", 1.0));
        assertThat(difference(denied, slowed)
                        .between(access(Set.of(acl), asEver, Map.of()), access(Set.of(), held, Map.of())))
                .containsExactly(new Change.Quota(BILLING, Map.of("request_percentage", 50.0)));
    }

    @Test
    void aWriterThatAnotherMigrationHoldsBackIsAConflict() {
        Map<ClientQuotaEntity, Map<String, Double>> held = Map.of(BILLING, Map.of("producer_byte_rate", 1.0));
        assertThat(difference.between(access(Set.of(), held, Map.of()), NOTHING))
                .extracting(Change::describe)
                .containsExactly("CONFLICT quota of user=billing: producer_byte_rate=1 on the source, by another"
                        + " migration's freeze: quota it seems; wanted: that one finished, or --leave quotas");
    }

    @Test
    void aQuotaThatTheTargetHasOtherwiseIsNotOverwritten() {
        Map<ClientQuotaEntity, Map<String, Double>> source =
                Map.of(BILLING, Map.of("producer_byte_rate", 10.0, "request_percentage", 50.0));
        Map<ClientQuotaEntity, Map<String, Double>> target = Map.of(BILLING, Map.of("request_percentage", 25.0));
        assertThat(difference.between(access(Set.of(), source, Map.of()), access(Set.of(), target, Map.of())))
                .extracting(Change::describe)
                .containsExactly(
                        "CONFLICT quota of user=billing: request_percentage=25.0 on the target and 50.0 on the source;"
                                + " wanted: one of them, set by you, or --leave quotas",
                        "quota of user=billing: {producer_byte_rate=10.0}");
    }

    @Test
    void usersWithoutASecretOnTheTargetAreToBeIssuedOne() {
        Access source = access(
                Set.of(),
                Map.of(),
                Map.of("shop", List.of("SCRAM-SHA-512 (4096)"), "billing", List.of("SCRAM-SHA-256 (8192)")));
        Access target = access(Set.of(), Map.of(), Map.of("billing", List.of("SCRAM-SHA-512 (4096)")));
        assertThat(difference.reissue(source, target))
                .containsExactly("billing: SCRAM-SHA-256 (8192)", "shop: SCRAM-SHA-512 (4096)");
        assertThat(difference.sameNames(source, target)).isEmpty();
        assertThat(difference.sameNames(source, source))
                .containsExactly("SCRAM users on both clusters, who need not have the same secret: billing"
                        + " [SCRAM-SHA-256], shop [SCRAM-SHA-512]");
    }

    private static AccessDifference difference(Lock... locks) {
        return new AccessDifference(Set.of("shop.orders"), Set.of("billing"), List.of(locks));
    }

    private static AclBinding acl(
            ResourceType type, PatternType pattern, String name, String principal, AclOperation op) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern), new AccessControlEntry(principal, "*", op, ALLOW));
    }

    private static Access acls(Set<AclBinding> some) {
        return acls(some, Set.of());
    }

    private static Access acls(Set<AclBinding> some, Set<AclBinding> more) {
        Set<AclBinding> all = new HashSet<>(some);
        all.addAll(more);
        return access(all, Map.of(), Map.of());
    }

    private static Access access(
            Set<AclBinding> acls, Map<ClientQuotaEntity, Map<String, Double>> quotas, Map<String, List<String>> scram) {
        return new Access(Answer.of(acls), Answer.of(quotas), Answer.of(scram));
    }
}
