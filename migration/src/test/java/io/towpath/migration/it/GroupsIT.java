package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.local.TrialSize;
import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import io.towpath.migration.connect.ConnectRest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups go on at the target with the first record that they have not read, at any lag. */
@Tag("trial-proof")
class GroupsIT {

    private static final TrialSize SIZE = TrialSize.current();
    private static final List<Integer> LAGS =
            SIZE.trial() ? List.of(0, 1, 100, 10_000, 1_000_000) : List.of(0, 1, 100, 1900);
    private static final TopicPartition PLAIN = new TopicPartition("positions", 0);
    private static final TopicPartition TRANSACTIONAL = new TopicPartition("positions", 1);
    private static final TopicPartition COMPACTED = new TopicPartition("positions-keys", 0);
    private static final List<TopicPartition> ALL = List.of(PLAIN, TRANSACTIONAL, COMPACTED);

    private static TwoClusters clusters;
    private static Writer dc1;
    private static String file;
    private static String[] groups;
    private static final Map<TopicPartition, Shelf> SOURCE = new HashMap<>();

    @BeforeAll
    static void mirror() throws Exception {
        clusters = TwoClusters.shared();
        dc1 = new Writer(clusters.dc1.bootstrapServers());
        Churn.cleanOften(clusters.dc1.bootstrapServers());
        Churn.cleanOften(clusters.dc2.bootstrapServers());
        dc1.topic("positions", 2, Map.of());
        dc1.topic("positions-keys", 1, Churn.CLEANED);
        dc1.plain("positions", 0, 0, SIZE.of(2000, 1_100_000));
        dc1.transactions("positions", 1, SIZE.of(300, 1_700), SIZE.of(10, 1_000));
        dc1.updates("positions-keys", SIZE.of(2_000, 1_100_000), SIZE.of(2_000, 1_100_000));
        groups = LAGS.stream().map(lag -> "lag-" + lag).toArray(String[]::new);
        file = clusters.migration("positions", List.of("positions", "positions-keys"), groups);
        assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);
        assertThat(CommandRun.of("mirror", "-f", file, "--watch", "--until-copied")
                        .exit())
                .isEqualTo(Exit.DONE);
        assertThat(CommandRun.of("verify", "-f", file).lastLine()).startsWith("verify: Match");
        dc1.updates("positions-keys", 500, 400); // supersedes some: both sides clean when they like
        ALL.forEach(tp -> SOURCE.put(tp, Shelf.of(clusters.dc1.bootstrapServers(), tp)));
        for (int lag : LAGS) {
            commit(clusters.dc1.bootstrapServers(), "lag-" + lag, lag, SOURCE);
        }
        String newProtocol = "lag-" + LAGS.get(2);
        commitAsMember(
                clusters.dc1.bootstrapServers(), newProtocol, committed(clusters.dc1.bootstrapServers(), newProtocol));
    }

    @AfterAll
    static void stop() {
        dc1.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void theNextRecordReadIsTheFirstOneNotCommittedAtEveryLag(String protocol) throws Exception {
        translate(file);
        Map<TopicPartition, Shelf> target = new HashMap<>();
        ALL.forEach(tp -> target.put(tp, Shelf.of(clusters.dc2.bootstrapServers(), tp)));
        for (String group : groups) {
            Map<TopicPartition, OffsetAndMetadata> source = committed(clusters.dc1.bootstrapServers(), group);
            Map<TopicPartition, OffsetAndMetadata> set = committed(clusters.dc2.bootstrapServers(), group);
            Map<TopicPartition, Integer> read = firsts(clusters.dc2.bootstrapServers(), group, protocol);
            for (TopicPartition tp : ALL) {
                int wanted = firstOnBoth(tp, source.get(tp).offset(), target.get(tp));
                assertThat(read.get(tp)).as("%s of %s", tp, group).isEqualTo(wanted);
                assertThat(set.get(tp).metadata()).isEqualTo("by " + group);
            }
        }
        TrialSize.figure("lags translated exactly, " + protocol, LAGS);
    }

    /** And home again: a migration the other way round, of groups that went on at the target. */
    @Test
    void theOtherDirectionIsExactToo() throws Exception {
        String[] back = LAGS.stream().map(lag -> "back-" + lag).toArray(String[]::new);
        Map<TopicPartition, Shelf> there = new HashMap<>();
        ALL.forEach(tp -> there.put(tp, Shelf.of(clusters.dc2.bootstrapServers(), tp)));
        for (int lag : LAGS) {
            commit(clusters.dc2.bootstrapServers(), "back-" + lag, lag, there);
        }
        translate(clusters.reverse("home", List.of("positions", "positions-keys"), back));
        for (String group : back) {
            Map<TopicPartition, OffsetAndMetadata> from = committed(clusters.dc2.bootstrapServers(), group);
            Map<TopicPartition, OffsetAndMetadata> set = committed(clusters.dc1.bootstrapServers(), group);
            for (TopicPartition tp : ALL) {
                Shelf left = Shelf.of(clusters.dc2.bootstrapServers(), tp);
                Shelf home = Shelf.of(clusters.dc1.bootstrapServers(), tp);
                assertThat(home.firstAlsoOn(left, set.get(tp).offset()))
                        .as("%s of %s", tp, group)
                        .isEqualTo(left.firstAlsoOn(home, from.get(tp).offset()));
            }
        }
    }

    @Test
    void whatTheCheckpointConnectorSaysOfTheSameGroups() throws Exception {
        ConnectRest rest = new ConnectRest(clusters.worker.url());
        rest.put("documented-source", documented("MirrorSourceConnector"));
        rest.put("documented-checkpoints", documented("MirrorCheckpointConnector"));
        try {
            for (TopicPartition ours : ALL) {
                TopicPartition theirs = new TopicPartition("dc1." + ours.topic(), ours.partition());
                await().atMost(Duration.ofMinutes(8))
                        .pollInterval(Duration.ofSeconds(SIZE.of(1, 10)))
                        .until(() -> holdsTheEndOf(ours, theirs));
                await().atMost(Duration.ofSeconds(90))
                        .until(() -> committed(clusters.dc2.bootstrapServers(), "lag-0")
                                .containsKey(theirs));
                tellOfTheirs(ours, theirs);
            }
        } finally {
            rest.delete("documented-checkpoints");
            rest.delete("documented-source");
        }
    }

    private static boolean holdsTheEndOf(TopicPartition ours, TopicPartition theirs) {
        return Shelf.of(clusters.dc2.bootstrapServers(), theirs)
                .holds(Shelf.of(clusters.dc1.bootstrapServers(), ours).last());
    }

    private static void tellOfTheirs(TopicPartition ours, TopicPartition theirs) throws Exception {
        Shelf copy = Shelf.of(clusters.dc2.bootstrapServers(), theirs);
        for (String group : groups) {
            OffsetAndMetadata position =
                    committed(clusters.dc2.bootstrapServers(), group).get(theirs);
            long source =
                    committed(clusters.dc1.bootstrapServers(), group).get(ours).offset();
            int left = copy.count(firstOnBoth(ours, source, copy));
            int again = position == null ? 0 : copy.from(position.offset()) - left;
            TrialSize.figure(
                    group + " of " + ours + ", ours: 0 read again; the checkpoint connector",
                    position == null ? "not translated" : again < 0 ? -again + " skipped" : again + " read again");
        }
    }

    @Test
    void aGroupWithMembersIsRefusedAndNothingIsSet() throws Exception {
        String busy = clusters.migration("busy", List.of("positions", "positions-keys"), "lag-0");
        try (KafkaConsumer<byte[], byte[]> member = consumer(clusters.dc1.bootstrapServers(), "lag-0", "classic")) {
            member.subscribe(List.of("positions"));
            while (member.assignment().isEmpty()) {
                assertThat(member.poll(Duration.ofMillis(200))).isNotNull();
            }
            CommandRun run = CommandRun.of("offsets", "translate", "-f", busy, "--apply");
            assertThat(run.out()).contains("REFUSED lag-0: it has members on the source; stop them first");
            assertThat(run.lastLine()).startsWith("offsets: nothing set");
            assertThat(run.exit()).isEqualTo(Exit.DIFFER);
        }
    }

    @Test
    void theMapIsPrintedRunByRun() {
        CommandRun run = CommandRun.of("offsets", "map", "-f", file);
        assertThat(run.exit()).isEqualTo(Exit.DONE);
        assertThat(run.out().lines()).first().isEqualTo("topic,partition,source,target,length");
        assertThat(run.out()).contains("\npositions,0,0,0,").contains("\npositions,1,0,0,");
    }

    private static void translate(String file) {
        CommandRun run = CommandRun.of("offsets", "translate", "-f", file, "--apply");
        assertThat(run.lastLine())
                .as(run.out() + run.err())
                .isEqualTo(
                        "offsets: " + 3 * LAGS.size() + " positions of " + LAGS.size() + " groups set and read back");
    }

    /** The first record from a position on that both sides still hold: compaction may have taken the very next. */
    private static int firstOnBoth(TopicPartition tp, long position, Shelf target) {
        Shelf source = Shelf.of(clusters.dc1.bootstrapServers(), tp);
        return source.firstAlsoOn(target, position);
    }

    private static Map<String, String> documented(String connector) {
        String bytes = "org.apache.kafka.connect.converters.ByteArrayConverter";
        Map<String, String> config = new TreeMap<>();
        config.put("connector.class", "org.apache.kafka.connect.mirror." + connector);
        config.put("source.cluster.alias", "dc1");
        config.put("target.cluster.alias", "dc2");
        config.put("source.cluster.bootstrap.servers", clusters.dc1.bootstrapServers());
        config.put("target.cluster.bootstrap.servers", clusters.dc2.bootstrapServers());
        config.put("topics", "positions,positions-keys");
        config.put("groups", "lag-.*");
        config.put("replication.factor", "1");
        config.put("offset-syncs.topic.replication.factor", "1");
        config.put("checkpoints.topic.replication.factor", "1");
        config.put("emit.checkpoints.interval.seconds", "1");
        config.put("sync.group.offsets.enabled", "true");
        config.put("sync.group.offsets.interval.seconds", "1");
        List.of("key.converter", "value.converter", "header.converter").forEach(key -> config.put(key, bytes));
        return config;
    }

    /** As an application does that has {@code lag} records to go. */
    private static void commit(String cluster, String group, int lag, Map<TopicPartition, Shelf> shelves)
            throws Exception {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        shelves.forEach(
                (tp, shelf) -> positions.put(tp, new OffsetAndMetadata(shelf.positionWithLag(lag), "by " + group)));
        try (Admin admin = admin(cluster)) {
            admin.alterConsumerGroupOffsets(group, positions).all().get();
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(String cluster, String group) throws Exception {
        try (Admin admin = admin(cluster)) {
            return admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
        }
    }

    /** The first record of every partition that a member of that group reads; {@link Shelf#END} where there is none. */
    private static Map<TopicPartition, Integer> firsts(String cluster, String group, String protocol) {
        Map<TopicPartition, Integer> first = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> member = consumer(cluster, group, protocol)) {
            member.subscribe(List.of("positions", "positions-keys"));
            Map<TopicPartition, Long> ends = member.endOffsets(ALL);
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                member.poll(Duration.ofMillis(200))
                        .forEach(record -> first.putIfAbsent(
                                new TopicPartition(record.topic(), record.partition()), Shelf.hash(record)));
                return member.assignment().containsAll(ALL)
                        && ALL.stream().allMatch(tp -> first.containsKey(tp) || member.position(tp) >= ends.get(tp));
            });
        }
        ALL.forEach(tp -> first.putIfAbsent(tp, Shelf.END));
        return first;
    }

    /** As a member of the new protocol does: the group is one of its kind from then on. */
    private static void commitAsMember(String cluster, String group, Map<TopicPartition, OffsetAndMetadata> positions)
            throws Exception {
        try (KafkaConsumer<byte[], byte[]> member = consumer(cluster, group, "consumer")) {
            member.subscribe(List.of("positions", "positions-keys"));
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                member.poll(Duration.ofMillis(200));
                return member.assignment().containsAll(ALL);
            });
            member.commitSync(positions);
        }
        try (Admin admin = admin(cluster)) {
            assertThat(admin.listGroups().all().get())
                    .anyMatch(listing -> listing.groupId().equals(group)
                            && listing.type().filter(GroupType.CONSUMER::equals).isPresent());
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String cluster, String group, String protocol) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", cluster);
        properties.put("group.id", group);
        properties.put("group.protocol", protocol);
        properties.put("enable.auto.commit", false);
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "none");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }
}
