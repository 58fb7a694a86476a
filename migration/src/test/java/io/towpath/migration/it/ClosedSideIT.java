package io.towpath.migration.it;

import static io.towpath.migration.it.SwitchIT.QUICK;
import static io.towpath.migration.it.SwitchIT.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import io.towpath.migration.it.KilledSwitch.Point;
import io.towpath.migration.journal.Side;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A side that is closed is watched, and a group that a broker has forgotten is not made up. */
class ClosedSideIT {

    private static TwoClusters clusters;
    private static String one;
    private static String two;

    @BeforeAll
    static void start() {
        clusters = TwoClusters.shared();
        one = clusters.dc1.bootstrapServers();
        two = clusters.dc2.bootstrapServers();
    }

    private record Moved(Traffic traffic, Readers readers) {}

    private static Moved mirrored(String name, String file) throws Exception {
        try (Writer writer = new Writer(one)) {
            writer.topic(name, 2, Map.of());
        }
        Traffic traffic = new Traffic(name, 2, 21);
        traffic.write(one, 60);
        Readers readers = new Readers(name, 21);
        readers.commit(one, name + "-group", 7);
        assertDone(CommandRun.of("plan", "-f", file, "--apply"));
        assertDone(CommandRun.of("mirror", "-f", file));
        return new Moved(traffic, readers);
    }

    private static void straggler(String cluster, String topic, int partition) throws Exception {
        try (Writer writer = new Writer(cluster)) {
            writer.plain(topic, partition, 9_000_000, 1);
        }
    }

    @Test
    void whoeverWritesToTheFrozenSideIsNamedByPartitionAndTheSwitchBeginsAnew() throws Exception {
        String file = clusters.migrationWith(QUICK, "frozen", List.of("frozen"), "frozen-group");
        Traffic traffic = mirrored("frozen", file).traffic;
        assertThat(new Kill(file, Side.TARGET, false).at(Point.AFTER_WRITE, 4)).isTrue();
        assertDone(CommandRun.of("status", "-f", file));
        straggler(one, "frozen", 1);
        CommandRun status = CommandRun.of("status", "-f", file);
        assertThat(status.exit()).isEqualTo(Exit.DIFFER);
        assertThat(status.out()).containsPattern("dc1 is frozen, and frozen-1 moved from \\d+ to \\d+");
        CommandRun on = CommandRun.of("cutover", "-f", file);
        assertDone(on);
        assertThat(on.out()).contains("what was done holds no longer").contains("beginning anew");
        assertThat(traffic.acknowledged()).isPositive();
    }

    @Test
    void whoeverWritesToTheSideThatWasLeftIsNamedAndNoSwitchGoesOverIt() throws Exception {
        String file = clusters.migrationWith(QUICK, "left", List.of("left"), "left-group");
        Traffic traffic = mirrored("left", file).traffic;
        assertDone(CommandRun.of("cutover", "-f", file));
        traffic.write(two, 30);
        assertDone(CommandRun.of("status", "-f", file, "--prove"));
        straggler(one, "left", 0);
        traffic.write(two, 30);
        CommandRun status = CommandRun.of("status", "-f", file, "--prove");
        assertThat(status.exit()).isEqualTo(Exit.DIFFER);
        assertThat(status.out()).containsPattern("dc1: .*left-0");
        CommandRun refused = CommandRun.of("rollback", "-f", file);
        assertThat(refused.exit()).isEqualTo(Exit.DIFFER);
        assertThat(refused.err()).contains("verify: MISMATCH in 1 record").contains("left-0");
        CommandRun unfinished = CommandRun.of("finish", "-f", file);
        assertThat(unfinished.exit()).isEqualTo(Exit.DIFFER);
        assertThat(unfinished.err()).contains("the last audit found a difference; nothing is removed");

        Matcher finding = Pattern.compile("foreign (left-0, source \\d+)").matcher(refused.err());
        assertThat(finding.find()).as(refused.err()).isTrue();
        String accepting = QUICK.replace("}", ", accept: [\"" + finding.group() + "\"]}");
        clusters.migrationWith(accepting, "left", List.of("left"), "left-group");
        assertDone(CommandRun.of("status", "-f", file, "--prove"));
        assertDone(CommandRun.of("rollback", "-f", file));
        clusters.migrationWith(QUICK, "left", List.of("left"), "left-group");
        CommandRun again = CommandRun.of("cutover", "-f", file);
        assertThat(again.exit()).isEqualTo(Exit.DIFFER);
        assertThat(again.err())
                .as("the same place, seen from the other side")
                .contains("not in switch.accept: lost " + finding.group(1));
    }

    @Test
    void aGroupThatHasExpiredGoesOnWhereTheSwitchHasSetItIfThatIsAccepted() throws Exception {
        String file = clusters.migrationWith(QUICK, "idle", List.of("idle"), "idle-group");
        Moved moved = mirrored("idle", file);
        assertDone(CommandRun.of("cutover", "-f", file));
        moved.traffic.write(two, 30);
        expire(one, "idle-group");
        expire(two, "idle-group");
        CommandRun refused = CommandRun.of("rollback", "-f", file);
        assertThat(refused.exit()).isEqualTo(Exit.DIFFER);
        assertThat(refused.err()).contains("group idle-group is gone from dc2").contains("accept: [expired-group]");
        String accepting = QUICK.replace("}", ", accept: [expired-group]}");
        clusters.migrationWith(accepting, "idle", List.of("idle"), "idle-group");
        assertDone(CommandRun.of("rollback", "-f", file));
        moved.readers.assertNextIsTheFirstNotCommitted(one);
        moved.traffic.assertOnBothExactlyOnce(one, two);
    }

    /** As a broker does when nobody has committed for offsets.retention.minutes. */
    private static void expire(String cluster, String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster))) {
            admin.deleteConsumerGroups(Set.of(group)).all().get();
        }
    }
}
