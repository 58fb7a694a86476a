package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Stack;
import io.towpath.local.TrialSize;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From a Kafka 3.9 whose metadata is in a ZooKeeper, with its ACLs there too, to KRaft: plan, mirror, verify. */
@Tag("trial-mirror")
class OldSourceIT {

    private static final Map<String, String> AUTHORIZER =
            Map.of("authorizer.class.name", "kafka.security.authorizer.AclAuthorizer", "super.users", "User:ANONYMOUS");
    private static final Map<String, String> NEW_AUTHORIZER = Map.of(
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users", "User:ANONYMOUS");

    @TempDir
    static Path folder;

    /** In a trial: no list of transactions, so the switch has to be told to do without; and there and back. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("oldest")
    void theOldestSourceIsMovedAndMovedBack(String alias) throws Exception {
        try (Stack stack = Stack.embedded(folder.resolve("oldest"))) {
            CompletableFuture<KafkaCluster> first =
                    CompletableFuture.supplyAsync(() -> stack.oldKafka(alias, 1, AUTHORIZER));
            KafkaCluster dc2 = stack.kafka("dc2", 1, NEW_AUTHORIZER);
            ConnectWorker worker = stack.connect("flows", dc2, WorkerSettings.of());
            KafkaCluster old = first.join();
            try (Writer writer = new Writer(old.bootstrapServers())) {
                writer.topic("orders", 3, Map.of());
                writer.plain("orders", 0, 0, 2000);
                writer.transactions("orders", 1, 20, 10);
            }
            String text = """
                    name: oldest
                    source: {alias: %s, bootstrap.servers: "%s"}
                    target: {alias: dc2, bootstrap.servers: "%s"}
                    connect: {url: "%s"}
                    flow: {sizing: throughput, tasks: 2}
                    topics: [orders]
                    switch: {delivery.timeout: 1s, quiet: 2s, accept: [%s]}
                    """;
            String[] places = {
                alias,
                old.bootstrapServers(),
                dc2.bootstrapServers(),
                worker.url().toString()
            };
            Path file = folder.resolve("oldest.yaml");
            Files.writeString(file, text.formatted(places[0], places[1], places[2], places[3], ""));
            CommandRun plan = CommandRun.of("plan", "-f", file.toString(), "--apply");
            assertThat(plan.exit()).as(plan.err()).isEqualTo(Exit.DONE);
            assertThat(plan.out()).contains("its brokers are too old to be asked to list transactions");
            CommandRun mirror = CommandRun.of("mirror", "-f", file.toString(), "--watch", "--until-copied");
            assertThat(mirror.exit()).as(mirror.err()).isEqualTo(Exit.DONE);
            assertThat(CommandRun.of("verify", "-f", file.toString()).lastLine())
                    .startsWith("verify: Match of 100 %");
            CommandRun refused = CommandRun.of("cutover", "-f", file.toString());
            assertThat(refused.exit()).isEqualTo(Exit.BAD_INPUT);
            assertThat(refused.err()).contains("wanted: accept: [no-transaction-list]");
            Files.writeString(file, text.formatted(places[0], places[1], places[2], places[3], "no-transaction-list"));
            for (String verb : List.of("cutover", "rollback")) {
                CommandRun switched = CommandRun.of(verb, "-f", file.toString());
                assertThat(switched.exit()).as(switched.err()).isEqualTo(Exit.DONE);
            }
            assertThat(Contents.of(dc2.bootstrapServers(), "orders"))
                    .isEqualTo(Contents.of(old.bootstrapServers(), "orders"));
        }
    }

    static List<String> oldest() {
        return TrialSize.current().trial() ? List.of("kafka28") : List.of();
    }

    @Test
    void aZookeeperClusterIsPlannedMirroredAndProven() throws Exception {
        try (Stack stack = Stack.embedded(folder.resolve("servers"))) {
            CompletableFuture<KafkaCluster> first =
                    CompletableFuture.supplyAsync(() -> stack.zookeeperKafka("dc1", 1, AUTHORIZER));
            KafkaCluster dc2 = stack.kafka("dc2", 1, NEW_AUTHORIZER);
            ConnectWorker worker = stack.connect("flows", dc2, WorkerSettings.of());
            KafkaCluster dc1 = first.join();
            new Crowd(dc1.bootstrapServers(), 4, 12, 3).settle();
            try (Writer writer = new Writer(dc1.bootstrapServers())) {
                writer.topic("orders", 3, Map.of());
                writer.plain("orders", 0, 0, 2000);
                writer.transactions("orders", 1, 20, 10);
            }
            String file = Files.writeString(folder.resolve("old.yaml"), """
                    name: old
                    source: {alias: dc1, bootstrap.servers: "%s"}
                    target: {alias: dc2, bootstrap.servers: "%s"}
                    connect: {url: "%s"}
                    flow: {sizing: throughput, tasks: 2}
                    topics: [orders, "/crowd-.*/"]
                    """.formatted(
                                    dc1.bootstrapServers(), dc2.bootstrapServers(), worker.url()))
                    .toString();

            CommandRun plan = CommandRun.of("plan", "-f", file);
            assertThat(plan.err()).isEmpty();
            assertThat(plan.out())
                    .contains(
                            "create orders: 3 partitions",
                            "allow User:u0 write on topic crowd-0",
                            "group group-0: classic");
            assertThat(plan.lastLine()).isEqualTo("plan: 5 topics, 18 changes; run it with --apply");
            assertThat(CommandRun.of("plan", "-f", file, "--apply").lastLine()).isEqualTo("plan: 18 changes applied");
            CommandRun mirror = CommandRun.of("mirror", "-f", file, "--watch", "--until-copied");
            assertThat(mirror.lastLine())
                    .as(mirror.err())
                    .isEqualTo("mirror: old-forward has copied all that is there");
            CommandRun verify = CommandRun.of("verify", "-f", file);
            assertThat(verify.lastLine()).startsWith("verify: Match of 100 % (2152 records equal");
            assertThat(verify.exit()).isEqualTo(Exit.DONE);
            assertThat(Contents.of(dc2.bootstrapServers(), "orders"))
                    .isEqualTo(Contents.of(dc1.bootstrapServers(), "orders"));
        }
    }
}
