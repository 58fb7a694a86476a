package io.towpath.migration.plan;

import io.towpath.migration.journal.Lock;
import io.towpath.migration.plan.Plan.Mover;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.quota.ClientQuotaEntity;

/**
 * Makes the plan from what was read. Touches nothing.
 *
 * <p>Always: changes stand in an order in which the target is never more open, nor less prepared, than planned: what
 * denies comes first, then topics, quotas, and last what allows.
 */
public final class Planner {

    /**
     * What is wanted.
     *
     * @param leave what somebody else sees to: acls, quotas, default-quotas, replication, scram
     * @param resolved of an earlier plan, or null
     * @param locks what the migration itself has set on either side
     */
    public record Wish(
            String name,
            Collection<String> groups,
            Collection<String> leave,
            Resolved resolved,
            Collection<Lock> locks) {}

    /**
     * One cluster.
     *
     * @param names all its topics
     * @param topics those that the migration selects
     * @param racks of its brokers; empty where they have none
     * @param defaults what its brokers give a topic, of {@link Guarded#KEYS}
     */
    public record Side(
            String alias,
            int brokers,
            Collection<String> racks,
            Collection<String> names,
            Map<String, Topic> topics,
            Answer<Map<String, String>> defaults,
            Access access) {}

    private final Wish wish;
    private final Side source;
    private final Side target;
    private final Use use;
    private final Collection<String> connectors;
    private final List<Topic> topics;
    private final Wave wave;

    /** {@code connectors}: of the worker that runs the flow, as {@code name: class}. */
    public Planner(Wish wish, Side source, Side target, Use use, Collection<String> connectors) {
        this.wish = wish;
        this.source = source;
        this.target = target;
        this.use = use;
        this.connectors = connectors;
        this.topics = wish.resolved() == null
                ? List.copyOf(source.topics().values())
                : wish.resolved().asResolved(source.topics());
        this.wave = new Wave(topics.stream().map(Topic::name).toList(), wish.groups());
    }

    public Plan plan() {
        AccessDifference access = new AccessDifference(wave.topics(), wave.groups(use.groups()), wish.locks());
        TopicDifference difference =
                new TopicDifference(target.brokers(), target.defaults().value());
        List<Change> changes = new ArrayList<>(difference.between(topics, target.topics()));
        if (!wish.leave().contains("replication")) {
            changes.addAll(difference.lessReplicated(topics, target.topics()));
        }
        changes.addAll(access.between(wanted(source.access()), target.access()));
        changes.addAll(unseen());
        changes.addAll(wave.conflicts(use.groups()));
        if (wish.resolved() != null) {
            changes.addAll(wish.resolved().drift(source.topics()));
        }
        changes.sort(Comparator.comparingInt(Planner::order));
        return new Plan(
                wish.name(),
                topics,
                changes,
                remarks(access),
                movers(),
                access.reissue(source.access(), target.access()),
                notAsked(),
                use.capacity());
    }

    /** A plan of what we were not let see would be no plan: it would find no difference. */
    private List<Change> unseen() {
        List<Change> unseen = new ArrayList<>();
        for (Side side : List.of(source, target)) {
            Map<String, Answer<?>> asked = new TreeMap<>(Map.of(
                    "acls", side.access().acls(),
                    "quotas", side.access().quotas(),
                    "scram", side.access().scram()));
            asked.keySet().removeAll(wish.leave());
            asked.forEach((kind, answer) -> {
                if (answer.forbidden()) {
                    unseen.add(new Change.Conflict(
                            kind + " of " + side.alias(),
                            answer.lacking() + "; wanted: that right (towpath acls plan lists it), or --leave "
                                    + kind));
                }
            });
        }
        return unseen;
    }

    private static int order(Change change) {
        if (change instanceof Change.Grant grant) {
            return grant.denies() ? 0 : 6;
        }
        List<Class<?>> order = List.of(Change.Create.class, Change.Grow.class, Change.Alter.class, Change.Quota.class);
        int place = order.indexOf(change.getClass());
        return place >= 0 ? 1 + place : 7;
    }

    private Access wanted(Access access) {
        return new Access(
                wish.leave().contains("acls") ? Answer.of(java.util.Set.of()) : access.acls(),
                wish.leave().contains("quotas") ? Answer.of(Map.of()) : quotas(access),
                access.scram());
    }

    private Answer<Map<ClientQuotaEntity, Map<String, Double>>> quotas(Access access) {
        return wish.leave().contains("default-quotas") ? access.quotas().map(Quotas::named) : access.quotas();
    }

    private List<String> remarks(AccessDifference access) {
        List<String> remarks = new ArrayList<>();
        if (wish.leave().contains("default-quotas") && !wish.leave().contains("quotas")) {
            Map<ClientQuotaEntity, Map<String, Double>> everybodys =
                    new HashMap<>(source.access().quotas().value());
            everybodys.keySet().removeAll(Quotas.named(everybodys).keySet());
            everybodys.forEach((entity, set) -> remarks.add("quota of " + Quotas.describe(entity) + ": "
                    + new TreeMap<>(set) + " is everybody's on " + source.alias()
                    + "; --default-quotas makes it everybody's on " + target.alias() + " too"));
        }
        for (Topic topic : topics) {
            TopicDifference.notCarried(topic).ifPresent(text -> remarks.add(topic.name() + ": " + text));
            Optional.ofNullable(target.topics().get(topic.name()))
                    .flatMap(present -> TopicDifference.onlyOnTarget(topic, present))
                    .ifPresent(text -> remarks.add(topic.name() + ": " + text));
            int replication = Math.min(topic.replication(), target.brokers());
            if (replication < topic.replication()) {
                remarks.add(topic.name() + ": replication " + topic.replication() + " on the source; " + target.alias()
                        + " has " + target.brokers() + " brokers");
            }
        }
        int racks = target.racks().size();
        long wider = topics.stream().filter(t -> t.replication() > racks).count();
        if (racks > 0 && wider > 0) {
            remarks.add(wider + " topics have more replicas than " + target.alias() + " has racks (" + racks + ")");
        }
        remarks.addAll(access.sameNames(source.access(), target.access()));
        wave.absent(use.groups())
                .forEach(group -> remarks.add("group " + group + ": named under groups, and the source has none such"));
        wave.leftBehind(use.groups())
                .forEach(group ->
                        remarks.add("group " + group + ": reads topics that move and is not named under groups"));
        access.onlyOnTarget(source.access(), target.access())
                .forEach(acl -> remarks.add("only on " + target.alias() + ": " + acl));
        return remarks;
    }

    private List<Mover> movers() {
        List<Mover> movers = new ArrayList<>();
        use.groups().stream()
                .filter(group -> wave.reads(group) || wave.wanted().contains(group.name()))
                .forEach(group -> movers.add(new Mover("group", group.name(), about(group))));
        List<String> names = use.groups().stream().map(GroupUse::name).toList();
        StreamsApp.find(source.names(), names)
                .forEach(app -> movers.add(new Mover(
                        "streams application", app.applicationId(), "internal topics " + app.internalTopics())));
        new TreeMap<>(use.transactions().value())
                .forEach((id, state) -> movers.add(new Mover("transactional id", id, state)));
        for (Topic topic : topics) {
            writers(topic.name(), movers);
        }
        connectors.forEach(connector -> movers.add(new Mover(
                "connector",
                connector.substring(0, connector.indexOf(": ")),
                connector.substring(connector.indexOf(": ") + 2))));
        return movers;
    }

    private void writers(String topic, List<Mover> movers) {
        Integer producers = use.producers().value().get(topic);
        java.time.Instant last = use.lastWrites().value().get(topic);
        if (producers != null || last != null) {
            movers.add(new Mover(
                    "producers",
                    topic,
                    (producers == null ? "none that is idempotent" : producers + " idempotent")
                            + (last == null ? "" : ", last write " + last)));
        }
    }

    private static String about(GroupUse group) {
        String members = group.members().stream()
                .collect(Collectors.groupingBy(m -> m, java.util.TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(m -> m.getKey() + (m.getValue() > 1 ? " ×" + m.getValue() : ""))
                .collect(Collectors.joining("; "));
        return group.type() + ", " + group.state() + ", lag " + group.totalLag() + " on "
                + new TreeSet<>(group.topics()) + (members.isEmpty() ? ", no members" : ", members " + members);
    }

    private List<String> notAsked() {
        List<String> all = new ArrayList<>();
        for (Side side : List.of(source, target)) {
            lacking(side.alias() + ": ACLs", side.access().acls(), all);
            lacking(side.alias() + ": client quotas", side.access().quotas(), all);
            lacking(side.alias() + ": SCRAM users", side.access().scram(), all);
            lacking(side.alias() + ": defaults of its topics", side.defaults(), all);
        }
        lacking(source.alias() + ": transactional ids", use.transactions(), all);
        lacking(source.alias() + ": producers", use.producers(), all);
        lacking(source.alias() + ": last writes", use.lastWrites(), all);
        lacking(source.alias() + ": bytes on disk", use.capacity().bytes(), all);
        return all;
    }

    private static void lacking(String what, Answer<?> answer, List<String> all) {
        if (!answer.known()) {
            all.add(what + ": " + answer.lacking());
        }
    }
}
