package io.towpath.migration.it;

import static io.towpath.migration.it.SwitchIT.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Server;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import io.towpath.migration.it.KilledSwitch.Point;
import io.towpath.migration.journal.Side;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a 3.9 source with ZooKeeper; then one cluster after the other is down, and the target for good. */
class ClusterDownIT {

    @Test
    void statusWorksWithEitherClusterDownAndALostTargetIsAbandoned(@TempDir Path folder) throws Exception {
        try (Stack stack = Stack.embedded(folder)) {
            KafkaCluster dc1 = stack.zookeeperKafka("dc1", 1, Map.of());
            KafkaCluster dc2 = stack.kafka("dc2", 1);
            ConnectWorker worker = stack.connect("flows", dc2, WorkerSettings.of());
            String file = file(folder, "orders", dc1, dc2, worker);
            try (Writer writer = new Writer(dc1.bootstrapServers())) {
                for (String topic : List.of("orders", "leaving", "returning")) {
                    writer.topic(topic, 2, Map.of("message.timestamp.type", "LogAppendTime"));
                }
            }
            Half leaving = new Half("leaving", file(folder, "leaving", dc1, dc2, worker), dc1);
            Half returning = new Half("returning", file(folder, "returning", dc1, dc2, worker), dc1);
            Traffic traffic = new Traffic("orders", 2, 11);
            traffic.write(dc1.bootstrapServers(), 200);
            Readers readers = new Readers("orders", 11);
            readers.commit(dc1.bootstrapServers(), "billing", 30);
            assertDone(CommandRun.of("plan", "-f", file, "--apply"));
            assertDone(CommandRun.of("mirror", "-f", file));
            assertDone(CommandRun.of("cutover", "-f", file));
            readers.assertNextIsTheFirstNotCommitted(dc2.bootstrapServers());
            traffic.write(dc2.bootstrapServers(), 100);
            assertDone(CommandRun.of("rollback", "-f", file));
            readers.assertNextIsTheFirstNotCommitted(dc1.bootstrapServers());
            traffic.assertOnBothExactlyOnce(dc1.bootstrapServers(), dc2.bootstrapServers());
            assertDone(CommandRun.of("cutover", "-f", file));
            traffic.write(dc2.bootstrapServers(), 50);
            CommandRun proven = CommandRun.of("status", "-f", file, "--prove");
            assertDone(proven);
            assertThat(proven.out()).contains("from dc2 to dc1: Match of 100 %");

            assertDone(CommandRun.of("cutover", "-f", returning.file));
            returning.traffic.write(dc2.bootstrapServers(), 20);
            returning.killed(Side.SOURCE, 9);
            leaving.killed(Side.TARGET, 10);

            Server target = dc2.brokers().get(0);
            target.kill();
            CommandRun down = CommandRun.of("status", "-f", file);
            assertDone(down);
            assertThat(down.out()).contains("dc2: its journal cannot be read").contains("down: dc2 is open");
            assertThat(CommandRun.of("rollback", "-f", file).exit()).isEqualTo(Exit.STOPPED);
            CommandRun abandoned = CommandRun.of("rollback", "-f", file, "--abandon-target");
            assertDone(abandoned);
            assertThat(abandoned.out()).containsPattern("orders-0: of dc2, all below offset \\d+ is on dc1");
            assertThat(abandoned.lastLine()).isEqualTo("rollback: dc1 is open; dc2 is abandoned");
            traffic.write(dc1.bootstrapServers(), 10);
            leaving.abandoned("nothing was written to");
            returning.abandoned("all below offset");

            dc1.brokers().get(0).kill();
            target.start();
            target.awaitReady();
            CommandRun other = CommandRun.of("status", "-f", file);
            assertDone(other);
            assertThat(other.out()).contains("dc1: its journal cannot be read").contains("down: dc2 is open");
        }
    }

    /** A migration of one topic that is half-way when the target dies. */
    private record Half(String topic, String file, KafkaCluster dc1, Traffic traffic) {

        Half(String topic, String file, KafkaCluster dc1) throws Exception {
            this(topic, file, dc1, new Traffic(topic, 2, 12));
            traffic.write(dc1.bootstrapServers(), 40);
            new Readers(topic, 12).commit(dc1.bootstrapServers(), topic + "-group", 3);
            assertDone(CommandRun.of("plan", "-f", file, "--apply"));
            assertDone(CommandRun.of("mirror", "-f", file));
        }

        void killed(Side to, int entry) throws Exception {
            assertThat(new Kill(file, to, false).at(Point.AFTER_WRITE, entry)).isTrue();
        }

        /** The source is as it was before the migration, and takes writers again. */
        void abandoned(String said) throws Exception {
            CommandRun abandoned = CommandRun.of("rollback", "-f", file, "--abandon-target");
            assertDone(abandoned);
            assertThat(abandoned.out())
                    .contains(said)
                    .contains("set message.timestamp.type=LogAppendTime of [" + topic + "] on dc1");
            traffic.write(dc1.bootstrapServers(), 5);
            CommandRun status = CommandRun.of("status", "-f", file);
            assertDone(status);
            assertThat(status.out()).contains("dc1 is open, and dc2 ").contains(" was abandoned");
            assertThat(status.lastLine()).isEqualTo("next: nothing; the migration is over");
        }
    }

    private static String file(Path folder, String topic, KafkaCluster dc1, KafkaCluster dc2, ConnectWorker worker)
            throws Exception {
        String yaml = """
                name: %s
                source: {alias: dc1, bootstrap.servers: "%s"}
                target: {alias: dc2, bootstrap.servers: "%s"}
                connect: {url: "%s"}
                flow: {sizing: latency, tasks: 1}
                topics: [%s]
                groups: [%s]
                """.formatted(
                        topic.equals("orders") ? "down" : topic,
                        dc1.bootstrapServers(),
                        dc2.bootstrapServers(),
                        worker.url(),
                        topic,
                        topic.equals("orders") ? "billing" : topic + "-group");
        return Files.writeString(folder.resolve(topic + ".yaml"), yaml + SwitchIT.QUICK)
                .toString();
    }
}
