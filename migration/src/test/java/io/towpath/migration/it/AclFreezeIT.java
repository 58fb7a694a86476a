package io.towpath.migration.it;

import static io.towpath.migration.it.SwitchIT.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclPermissionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that ask who writes: the listed principals are denied where they must be, and nowhere else. */
class AclFreezeIT {

    private static final Map<String, String> AUTHORIZED = Map.of(
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users", "User:ANONYMOUS",
            "allow.everyone.if.no.acl.found", "true");

    @Test
    void theSideThatIsLeftStaysClosedAndTheOtherIsOpenedByTheRelease(@TempDir Path folder) throws Exception {
        try (Stack stack = Stack.embedded(folder)) {
            CompletableFuture<KafkaCluster> first =
                    CompletableFuture.supplyAsync(() -> stack.kafka("dc1", 1, AUTHORIZED));
            KafkaCluster dc2 = stack.kafka("dc2", 1, AUTHORIZED);
            KafkaCluster dc1 = first.join();
            ConnectWorker worker = stack.connect("flows", dc2, WorkerSettings.of());
            try (Writer writer = new Writer(dc1.bootstrapServers())) {
                writer.topic("orders", 1, Map.of());
            }
            Traffic traffic = new Traffic("orders", 1, 9);
            traffic.write(dc1.bootstrapServers(), 50);
            String file = file(folder, dc1, dc2, worker, "User:shop");
            assertDone(CommandRun.of("plan", "-f", file, "--apply"));
            assertDone(CommandRun.of("mirror", "-f", file));

            CommandRun there = CommandRun.of("cutover", "-f", file);
            assertDone(there);
            assertThat(there.out())
                    .contains("dc1 has super users and does not tell who they are")
                    .contains("deny WRITE on orders to User:shop on the source")
                    .contains("by evidence, and WRITE denied to [User:shop]");
            assertThat(denied(dc1)).containsExactly("User:shop orders");
            assertThat(denied(dc2)).isEmpty();
            traffic.write(dc2.bootstrapServers(), 50);
            assertDone(CommandRun.of("rollback", "-f", file));
            assertThat(denied(dc1)).isEmpty();
            assertThat(denied(dc2)).containsExactly("User:shop orders");
            traffic.write(dc1.bootstrapServers(), 50);
            assertDone(CommandRun.of("cutover", "-f", file));
            assertDone(CommandRun.of("finish", "-f", file));
            assertThat(denied(dc1)).isEmpty();
            assertThat(denied(dc2)).isEmpty();
            traffic.assertOnBothExactlyOnce(dc1.bootstrapServers(), dc2.bootstrapServers());
        }
    }

    private static String file(Path folder, KafkaCluster dc1, KafkaCluster dc2, ConnectWorker worker, String principal)
            throws Exception {
        String yaml = """
                name: acl
                source: {alias: dc1, bootstrap.servers: "%s"}
                target: {alias: dc2, bootstrap.servers: "%s"}
                connect: {url: "%s"}
                flow: {sizing: latency, tasks: 1}
                topics: [orders]
                switch: {freeze: acl, principals: ["%s"], quiet: 500ms}
                """.formatted(dc1.bootstrapServers(), dc2.bootstrapServers(), worker.url(), principal);
        return Files.writeString(folder.resolve(principal.replace(':', '-') + ".yaml"), yaml)
                .toString();
    }

    private static Set<String> denied(KafkaCluster cluster) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            return admin.describeAcls(AclBindingFilter.ANY).values().get().stream()
                    .filter(acl -> acl.entry().permissionType() == AclPermissionType.DENY)
                    .map(acl -> acl.entry().principal() + " " + acl.pattern().name())
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void withoutAnAuthorizerItIsRefused() throws Exception {
        TwoClusters clusters = TwoClusters.shared();
        try (Writer writer = new Writer(clusters.dc1.bootstrapServers())) {
            writer.topic("open-to-all", 1, Map.of());
        }
        String acl = "switch: {freeze: acl, principals: [\"User:shop\"], quiet: 500ms}\n";
        String file = clusters.migrationWith(acl, "open-to-all", List.of("open-to-all"));
        assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);
        CommandRun refused = CommandRun.of("cutover", "-f", file);
        assertThat(refused.exit()).isEqualTo(Exit.BAD_INPUT);
        assertThat(refused.err()).contains("switch.freeze: acl given").contains("dc1 has no authorizer");
    }
}
