package io.towpath.migration.it;

import static io.towpath.migration.it.SwitchIT.assertDone;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.Kept;
import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that ask who writes: the listed principals are denied where they must be, and nowhere else. */
class AclFreezeIT {

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

    /** The shop has a name and a password of its own; whoever else comes is ANONYMOUS, as the migration itself. */
    private static Map<String, String> named(int port, String superUsers) {
        return Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users",
                superUsers,
                "allow.everyone.if.no.acl.found",
                "true",
                "listeners",
                "${own},SHOP://127.0.0.1:" + port,
                "listener.security.protocol.map",
                "${own},SHOP:SASL_PLAINTEXT",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "listener.name.shop.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_shop=\"open\";");
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** One record, written as User:shop. */
    private static void writeAsShop(int port) throws Exception {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + port,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"shop\""
                        + " password=\"open\";");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            assertThat(producer.send(new ProducerRecord<>("orders", "by the shop".getBytes(UTF_8)))
                            .get()
                            .hasOffset())
                    .isTrue();
        }
    }

    @Test
    void aDeniedWriterIsHeldOffWhereItMustBeAndOurOwnNameIsRefused(@TempDir Path folder) throws Exception {
        int here = freePort();
        int there = freePort();
        try (Stack stack = Stack.embedded(folder)) {
            CompletableFuture<KafkaCluster> first =
                    CompletableFuture.supplyAsync(() -> stack.kafka("dc1", 1, named(here, "User:somebody")));
            KafkaCluster dc2 = stack.kafka("dc2", 1, named(there, "User:somebody"));
            KafkaCluster dc1 = first.join();
            ConnectWorker worker = stack.connect("flows", dc2, WorkerSettings.of());
            try (Writer writer = new Writer(dc1.bootstrapServers())) {
                writer.topic("orders", 1, Map.of());
            }
            allow(dc1, "User:ANONYMOUS", AclOperation.ALL);
            allow(dc1, "User:shop", AclOperation.WRITE);
            writeAsShop(here);
            String file = file(folder, dc1, dc2, worker, "User:shop");
            assertDone(CommandRun.of("plan", "-f", file, "--apply"));
            assertDone(CommandRun.of("mirror", "-f", file));

            CommandRun own = CommandRun.of("cutover", "-f", file(folder, dc1, dc2, worker, "User:ANONYMOUS"));
            assertThat(own.exit()).isEqualTo(Exit.DIFFER);
            assertThat(own.err())
                    .contains("WRITE on orders of dc")
                    .contains("is denied to the migration itself")
                    .contains("(all is undone)");
            assertThat(denied(dc1)).isEmpty();
            assertThat(denied(dc2)).isEmpty();

            CommandRun cutover = CommandRun.of("cutover", "-f", file);
            assertDone(cutover);
            assertThat(cutover.out())
                    .contains("dc1 has super users and does not tell who they are")
                    .contains("deny WRITE on orders to User:shop on the source")
                    .contains("by evidence, and WRITE denied to [User:shop]");
            assertThat(denied(dc1)).containsExactly("User:shop orders");
            CommandRun plan = CommandRun.of("plan", "-f", file, "--apply");
            assertThat(plan.exit()).as(plan.out()).isEqualTo(Exit.BAD_INPUT);
            assertThat(plan.err()).contains("acl is cut over or over; wanted: a migration whose source is open");
            assertThat(denied(dc2)).isEmpty();
            assertDeniedToShop(here);
            writeAsShop(there);
            assertDone(CommandRun.of("rollback", "-f", file));
            keepLongest(JournalBytes.standings(dc2, "towpath-acl-journal"));
            assertThat(denied(dc1)).isEmpty();
            assertThat(denied(dc2)).containsExactly("User:shop orders");
            assertThat(CommandRun.of("plan", "-f", file).lastLine()).isEqualTo("plan: 1 topic, 0 changes");
            assertDeniedToShop(there);
            writeAsShop(here);
            assertDone(CommandRun.of("cutover", "-f", file));
            assertDone(CommandRun.of("finish", "-f", file));
            assertThat(denied(dc1)).isEmpty();
            assertThat(denied(dc2)).isEmpty();
            assertThat(Contents.of(dc1.bootstrapServers(), "orders").get(0))
                    .hasSize(3)
                    .isEqualTo(Contents.of(dc2.bootstrapServers(), "orders").get(0));
        }
    }

    /** The one that says most: in the middle of the second switch, with locks. */
    private static void keepLongest(List<byte[]> standings) throws Exception {
        byte[] longest = standings.stream()
                .max(Comparator.comparingInt(standing -> standing.length))
                .orElseThrow();
        Kept.ofARun(
                "journal", new ObjectMapper().readTree(longest).path("format").asInt(), "json", longest);
    }

    /** On a topic with an ACL, nobody is let in by default any more: a deny alone would shut the migration out too. */
    private static void allow(KafkaCluster cluster, String principal, AclOperation operation) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            AclBinding acl = new AclBinding(
                    new ResourcePattern(ResourceType.TOPIC, "orders", PatternType.LITERAL),
                    new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
            admin.createAcls(List.of(acl)).all().get();
            // the controller has it; the broker goes by what it has heard of the controller
            await().until(() ->
                    admin.describeAcls(AclBindingFilter.ANY).values().get().contains(acl));
        }
    }

    private static void assertDeniedToShop(int port) {
        assertThatThrownBy(() -> writeAsShop(port)).hasRootCauseInstanceOf(TopicAuthorizationException.class);
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
