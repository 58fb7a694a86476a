package io.towpath.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.plan.Change.Conflict;
import io.towpath.migration.plan.Change.Drift;
import io.towpath.migration.plan.Plan.Mover;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final Topic ORDERS = new Topic("orders", 2, 1, Map.of());
    private static final Access OPEN = new Access(Answer.of(Set.of()), Answer.of(Map.of()), Answer.of(Map.of()));

    @Test
    void changesStandInAnOrderThatNeverOpensTheTargetTooEarly() {
        Access access = new Access(
                Answer.of(Set.of(acl(AclPermissionType.ALLOW), acl(AclPermissionType.DENY))),
                Answer.of(Map.of(new ClientQuotaEntity(Map.of("user", "a")), Map.of("producer_byte_rate", 2.0))),
                Answer.of(Map.of()));
        Plan plan = plan(side(access, Map.of("orders", ORDERS)), side(OPEN, Map.of()), List.of(), null);
        assertThat(plan.applicable())
                .extracting(change -> change.getClass().getSimpleName()
                        + (change instanceof Change.Grant g && g.denies() ? " denying" : ""))
                .containsExactly("Grant denying", "Create", "Quota", "Grant");
    }

    @Test
    void aGroupThatReadsInsideAndOutsideOfTheWaveIsRefused() {
        GroupUse cut = group("billing", List.of("b at /10.0.0.1"), "orders", "customers");
        assertThat(planOf(List.of(cut)).conflicts())
                .containsExactly(new Conflict(
                        "group billing",
                        "reads topics of this migration and [customers] outside of it; wanted: those topics in"
                                + " the same migration, or two groups"));
        assertThat(planOf(List.of(group("old", List.of(), "orders", "customers")))
                        .conflicts())
                .as("nobody named it and nobody is there")
                .isEmpty();
    }

    @Test
    void aNamedGroupThatReadsOutsideIsRefusedAlsoWithoutMembersAndOneThatIsNotThereIsTold() {
        Plan plan = plan(
                side(OPEN, Map.of("orders", ORDERS)),
                side(OPEN, Map.of("orders", ORDERS)),
                List.of(group("named", List.of(), "orders", "customers")),
                null,
                "named",
                "absent");
        assertThat(plan.conflicts()).extracting(Change::subject).containsExactly("group named");
        assertThat(plan.remarks()).contains("group absent: named under groups, and the source has none such");
    }

    @Test
    void whatAppearsAfterThePlanIsDriftAndIsNotMade() {
        Resolved resolved = Resolved.of(
                List.of("/.*/"), List.of(new Topic("orders", 1, 1, Map.of()), new Topic("gone", 1, 1, Map.of())));
        Map<String, Topic> now = Map.of("orders", ORDERS, "new", new Topic("new", 1, 1, Map.of()));
        Plan plan = plan(side(OPEN, now), side(OPEN, Map.of()), List.of(), resolved);
        assertThat(plan.drift())
                .containsExactlyInAnyOrder(
                        new Drift(
                                "new",
                                "appeared after the plan was applied; towpath plan --accept-drift --apply takes it into the plan"),
                        new Drift(
                                "orders",
                                "2 partitions, 1 when the plan was applied; towpath plan --accept-drift --apply takes it into the plan"),
                        new Drift(
                                "gone",
                                "gone since the plan was applied; towpath plan --accept-drift --apply takes it into the plan"));
        assertThat(plan.applicable()).singleElement().isInstanceOfSatisfying(Change.Create.class, create -> {
            assertThat(create.subject()).isEqualTo("orders");
            assertThat(create.wanted().partitions()).isEqualTo(1);
        });
    }

    @Test
    void aTopicThatWasRecreatedIsDriftToo() {
        Topic then = new Topic("orders", 2, 1, Map.of(), Map.of(), "first");
        Topic now = new Topic("orders", 2, 1, Map.of(), Map.of(), "second");
        assertThat(Resolved.of(List.of("orders"), List.of(then)).drift(Map.of("orders", now)))
                .extracting(Change::describe)
                .containsExactly("DRIFT orders: recreated since the plan was applied; towpath plan --accept-drift"
                        + " --apply takes it into the plan");
        assertThat(Resolved.of(List.of("orders"), List.of(ORDERS)).drift(Map.of("orders", now)))
                .as("planned by a towpath that kept no ids")
                .isEmpty();
    }

    @Test
    void whoMustMoveIsEveryGroupStreamsApplicationTransactionalIdProducerAndConnector() {
        Use use = new Use(
                List.of(
                        group("billing", List.of("b at /10.0.0.1", "b at /10.0.0.1"), "orders"),
                        group("shop-app", List.of(), "orders"),
                        group("crm", List.of("c at /10.0.0.2"), "customers")),
                Answer.of(Map.of("tx-1", "CompleteCommit, producer id 7")),
                Answer.of(Map.of("orders", 3)),
                Answer.of(Map.of("orders", Instant.parse("2026-01-01T00:00:00Z"))),
                new Capacity(Answer.of(Map.of()), Map.of()));
        Planner.Side source = new Planner.Side(
                "dc1",
                1,
                Set.of(),
                Set.of("orders", "shop-app-KSTREAM-AGGREGATE-STATE-STORE-1-changelog", "shop-app-x-repartition"),
                Map.of("orders", ORDERS),
                Answer.of(Map.of()),
                OPEN);
        Plan plan = new Planner(wish(null), source, side(OPEN, Map.of()), use, List.of("sink: io.example.Sink")).plan();
        assertThat(plan.movers())
                .containsExactly(
                        new Mover("group", "billing", "classic, stable, lag 5 on [orders], members b at /10.0.0.1 ×2"),
                        new Mover("group", "shop-app", "classic, empty, lag 5 on [orders], no members"),
                        new Mover(
                                "streams application",
                                "shop-app",
                                "internal topics [shop-app-KSTREAM-AGGREGATE-STATE-STORE-1-changelog, shop-app-x-repartition]"),
                        new Mover("transactional id", "tx-1", "CompleteCommit, producer id 7"),
                        new Mover("producers", "orders", "3 idempotent, last write 2026-01-01T00:00:00Z"),
                        new Mover("connector", "sink", "io.example.Sink"));
        assertThat(plan.remarks()).contains("group billing: reads topics that move and is not named under groups");
    }

    @Test
    void whatAnOldClusterCannotBeAskedIsSaid() {
        Access old = new Access(
                Answer.of(Set.of()),
                Answer.lacking(Map.of(), "its brokers are too old to be asked to describe client quotas"),
                Answer.of(Map.of()));
        Use use = new Use(
                List.of(),
                Answer.lacking(Map.of(), "its brokers are too old to be asked to list transactions"),
                Answer.of(Map.of()),
                Answer.of(Map.of()),
                new Capacity(Answer.of(Map.of()), Map.of()));
        Plan plan = new Planner(wish(null), side(old, Map.of("orders", ORDERS)), side(OPEN, Map.of()), use, List.of())
                .plan();
        assertThat(plan.notAsked())
                .containsExactly(
                        "dc: client quotas: its brokers are too old to be asked to describe client quotas",
                        "dc: transactional ids: its brokers are too old to be asked to list transactions");
    }

    @Test
    void whatWeAreNotLetSeeIsAConflictUnlessItIsLeft() {
        Access shut = new Access(
                Answer.forbidden(Set.of(), "our user may not describe ACLs"), Answer.of(Map.of()), Answer.of(Map.of()));
        Planner.Side source = side(shut, Map.of("orders", ORDERS));
        assertThat(plan(source, side(OPEN, Map.of()), List.of(), null).conflicts())
                .extracting(Change::describe)
                .containsExactly("CONFLICT acls of dc: our user may not describe ACLs; wanted: that right (towpath acls"
                        + " plan lists it), or --leave acls");
        assertThat(leaving("acls", source).conflicts()).isEmpty();
    }

    @Test
    void aQuotaOfEverybodyIsCarriedOnlyWhenAskedFor() {
        Map<String, String> everybody = new HashMap<>();
        everybody.put("user", null);
        Access access = new Access(
                Answer.of(Set.of()),
                Answer.of(Map.of(new ClientQuotaEntity(everybody), Map.of("producer_byte_rate", 7.0))),
                Answer.of(Map.of()));
        Planner.Side source = side(access, Map.of("orders", ORDERS));
        assertThat(leaving("default-quotas", source).changes()).noneMatch(Change.Quota.class::isInstance);
        assertThat(leaving("default-quotas", source).remarks())
                .containsExactly("quota of user=<default>: {producer_byte_rate=7.0} is everybody's on dc;"
                        + " --default-quotas makes it everybody's on dc too");
        assertThat(leaving("acls", source).changes()).anyMatch(Change.Quota.class::isInstance);
    }

    private static Plan leaving(String kind, Planner.Side source) {
        Use use = new Use(
                List.of(),
                Answer.of(Map.of()),
                Answer.of(Map.of()),
                Answer.of(Map.of()),
                new Capacity(Answer.of(Map.of()), Map.of()));
        Planner.Wish wish = new Planner.Wish("test", List.of(), List.of(kind), null, List.of());
        return new Planner(wish, source, side(OPEN, Map.of()), use, List.of()).plan();
    }

    @Test
    void aLogAppendTimeTopicIsCreatedWithCreateTimeAndThatIsTold() {
        Topic topic = new Topic(
                "orders", 1, 3, Map.of("message.timestamp.type", "LogAppendTime", "remote.storage.enable", "true"));
        Plan plan = plan(side(OPEN, Map.of("orders", topic)), side(OPEN, Map.of()), List.of(), null);
        assertThat(((Change.Create) plan.changes().get(0)).wanted().configs())
                .containsEntry("message.timestamp.type", "CreateTime");
        assertThat(plan.remarks())
                .containsExactly(
                        "orders: [remote.storage.enable] not carried (MM2's own sync would carry most of it);"
                                + " LogAppendTime on the source; CreateTime on the target until the switch releases it,"
                                + " else every timestamp would be rewritten",
                        "orders: replication 3 on the source; dc has 1 brokers");
    }

    @Test
    void moreReplicasThanRacksAreTold() {
        Topic wide = new Topic("orders", 2, 3, Map.of());
        Planner.Side target =
                new Planner.Side("dc", 3, Set.of("a", "b"), Set.of(), Map.of(), Answer.of(Map.of()), OPEN);
        assertThat(plan(side(OPEN, Map.of("orders", wide)), target, List.of(), null)
                        .remarks())
                .containsExactly("1 topics have more replicas than dc has racks (2)");
    }

    private static AclBinding acl(AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "orders", PatternType.LITERAL),
                new AccessControlEntry("User:a", "*", AclOperation.WRITE, permission));
    }

    private static GroupUse group(String name, List<String> members, String... topics) {
        Map<TopicPartition, Long> lag = new java.util.HashMap<>();
        for (String topic : topics) {
            lag.put(new TopicPartition(topic, 0), 5L);
        }
        return new GroupUse(name, "classic", members.isEmpty() ? "empty" : "stable", members, lag, Set.of());
    }

    private static Planner.Wish wish(Resolved resolved, String... groups) {
        return new Planner.Wish("test", List.of(groups), List.of(), resolved, List.of());
    }

    private static Planner.Side side(Access access, Map<String, Topic> topics) {
        return new Planner.Side("dc", 1, Set.of(), topics.keySet(), topics, Answer.of(Map.of()), access);
    }

    private static Plan planOf(List<GroupUse> groups) {
        return plan(side(OPEN, Map.of("orders", ORDERS)), side(OPEN, Map.of()), groups, null);
    }

    private static Plan plan(
            Planner.Side source, Planner.Side target, Collection<GroupUse> groups, Resolved resolved, String... named) {
        Use use = new Use(
                List.copyOf(groups),
                Answer.of(Map.of()),
                Answer.of(Map.of()),
                Answer.of(Map.of()),
                new Capacity(Answer.of(Map.of()), Map.of()));
        return new Planner(wish(resolved, named), source, target, use, List.of()).plan();
    }
}
