package io.towpath.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecuredKafkaIT {

    private static final short ON_BOTH = 2;

    @TempDir
    static Path directory;

    private static Stack stack;
    private static KafkaCluster cluster;

    @BeforeAll
    static void start() {
        stack = Stack.embedded(directory);
        cluster = stack.securedKafka("dc1", 2, Map.of());
    }

    @AfterAll
    static void close() {
        stack.close();
    }

    @Test
    void aUserMayDoWhatAnAclAllowsAndNothingElse() throws Exception {
        new Records(cluster.login(KafkaCluster.SUPER_USER), "orders").createTopic(ON_BOTH);
        Records reader = new Records(cluster.login("reader"), "orders");
        Records writer = new Records(cluster.login("writer"), "orders");
        allow("writer", AclOperation.WRITE);
        allow("reader", AclOperation.READ);

        writer.write("one");

        assertThat(reader.read()).containsExactly("one");
        assertThatThrownBy(() -> reader.write("two")).hasRootCauseInstanceOf(ClusterAuthorizationException.class);
        assertThatThrownBy(writer::read).isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void aWrongPasswordAndAClientWithoutTlsAreRefused() {
        Map<String, Object> wrong = new TreeMap<>(cluster.login("somebody").properties());
        wrong.computeIfPresent(
                "sasl.jaas.config", (key, jaas) -> jaas.toString().replace("=\"", "=\"not-"));
        Map<String, Object> open = Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "default.api.timeout.ms",
                2_000,
                "request.timeout.ms",
                1_000);

        assertThatThrownBy(() -> look(wrong)).hasCauseInstanceOf(SaslAuthenticationException.class);
        assertThatThrownBy(() -> look(open)).hasCauseInstanceOf(KafkaException.class);
    }

    @Test
    void usersAndAclsOutliveTheBrokers() throws Exception {
        new Records(cluster.login(KafkaCluster.SUPER_USER), "kept").createTopic(ON_BOTH);
        Records keeper = new Records(cluster.login("keeper"), "kept");
        allow("keeper", "kept", AclOperation.READ, AclOperation.WRITE);
        keeper.write("before");

        cluster.brokers().forEach(Server::kill);
        cluster.brokers().forEach(Server::start);
        cluster.brokers().forEach(Server::awaitReady);

        keeper.write("after");
        assertThat(keeper.read()).containsExactly("before", "after");
    }

    @Test
    void theSecretsAreTheirOwnersAloneAndInNoOtherFile() throws IOException {
        Map<String, Object> login = cluster.login("guarded").properties();
        String password = login.get("sasl.jaas.config").toString().replaceAll(".*password=\"([^\"]+)\".*", "$1");
        Path secrets = directory.resolve("secrets/dc1");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(secrets)) {
            assertThat(files.filter(file -> file.toString().endsWith(".properties")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        assertThat(password).hasSizeGreaterThan(20);
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> holds(file, password)))
                    .containsExactly(secrets.resolve("guarded.properties"));
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void look(Map<String, Object> client) throws Exception {
        try (Admin admin = Admin.create(client)) {
            admin.describeCluster().nodes().get();
        }
    }

    private static void allow(String user, AclOperation operation) throws Exception {
        allow(user, "orders", operation);
    }

    private static void allow(String user, String topic, AclOperation... operations) throws Exception {
        try (Admin admin = Admin.create(cluster.login(KafkaCluster.SUPER_USER).properties())) {
            List<AclBinding> acls = Stream.of(operations)
                    .map(operation -> new AclBinding(
                            new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                            new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW)))
                    .toList();
            admin.createAcls(acls).all().get();
            // the controller has them; the broker goes by what it has heard of the controller
            await().until(() ->
                    admin.describeAcls(AclBindingFilter.ANY).values().get().containsAll(acls));
        }
    }
}
