package io.towpath.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.demo.stack.Admission;
import io.towpath.demo.stack.TwoClusters;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Server;
import io.towpath.local.Stack;
import io.towpath.local.TrialSize;
import io.towpath.migration.access.ConnectRights;
import io.towpath.migration.access.Right;
import io.towpath.migration.access.Role;
import io.towpath.migration.connect.ConnectRest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole story on one secured stack: broken on purpose, and mended. Nobody may do more than they need, and nothing is told
 * that nobody must hear.
 */
@Tag("trial-secure")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecuredStoryIT {

    private static final Workload.Size SIZE = new Workload.Size(8, 60, 7);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Stack stack;
    private TwoClusters servers;
    private Story story;

    @BeforeAll
    void startTheServersAndConnectThem() throws Exception {
        stack = Stack.embedded(directory);
        servers = TwoClusters.startSecured(stack, name -> {});
        story = new Story(servers, directory, new Progress(new PrintStream(said, true, StandardCharsets.UTF_8)));
        story.connect();
    }

    @AfterAll
    void stopThem() {
        if (story != null) {
            story.close();
        }
        stack.close();
    }

    @Test
    @Order(1)
    void aStoppedSinkFailsTheDemoAndTheMissingRowsAreNamed() throws Exception {
        ConnectRest rest = new ConnectRest(servers.applications().url());
        rest.stop("warehouse");
        rest.awaitStopped("warehouse", PATIENCE);

        story.work(SIZE);
        servers.applications().awaitReady();
        new Waiting(PATIENCE).until("all but the warehouse", () -> {
            Counts.Now now = story.counts().now();
            return now.dc1() >= now.activities() && now.dc2() >= now.activities();
        });
        Outcome outcome = story.judge(Duration.ofSeconds(10));
        rest.resume("warehouse");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.lastLine())
                .startsWith("demo: FAIL warehouse: rows: ")
                .contains("missing: ")
                .doesNotContain("dc1");
    }

    @Test
    @Order(2)
    void onceTheSinkRunsAgainEveryStationHoldsEveryChangeExactlyOnce() throws Exception {
        Outcome outcome = story.judge(PATIENCE);

        outcome.print(new PrintStream(said, true, StandardCharsets.UTF_8));
        assertThat(outcome.lastLine()).isEqualTo("demo: PASS");
        assertThat(outcome.changes().told()).isGreaterThan(500);
        assertThat(outcome.changes().withheld()).isPositive();
        assertThat(outcome.changes().erased()).isPositive();
        assertThat(outcome.changes().kept()).isLessThan(outcome.changes().told());
    }

    @Test
    @Order(3)
    void nobodyMayDoMoreThanTheirRoleNeeds() {
        assertAllowed(servers.dc1(), Right.On.SOURCE);
        assertAllowed(servers.dc2(), Right.On.TARGET);
    }

    private void assertAllowed(KafkaCluster cluster, Right.On side) {
        Set<String> wanted = new TreeSet<>();
        ConnectRights.worker(TwoClusters.WORKER)
                .forEach(right -> wanted.add(right.binding("User:worker").toString()));
        story.cast()
                .on(side)
                .forEach((user, rights) -> rights.forEach(
                        right -> wanted.add(right.binding("User:" + user).toString())));
        try (Admission admin = new Admission(cluster)) {
            assertThat(admin.allowed().stream().map(AclBinding::toString)).containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    /** On the story's own files, and the journal that it leaves is among what is searched next. */
    @Test
    @Order(4)
    void aSwitchGoesThereAndBackWithTheRightsOfItsRoleAndIsSeenAtItsPort() throws Exception {
        String file = directory.resolve("switch.yaml").toString();
        int port = Tales.freePort();
        CompletableFuture<String> scraped =
                CompletableFuture.supplyAsync(() -> Tales.metrics(port, "towpath_switch_step_seconds{", PATIENCE));
        TowpathCommand cutover = TowpathCommand.must("cutover", "-f", file, "--metrics-port", Integer.toString(port));
        assertThat(cutover.lastLine()).startsWith("cutover: ");
        assertThat(scraped.get()).contains("towpath_switch_under_way{migration=\"dc1-to-dc2\"} 1");
        TowpathCommand status = TowpathCommand.must("status", "-f", file);
        assertThat(status.output()).contains("safe to roll back until ");
        assertThat(TowpathCommand.must("rollback", "-f", file).lastLine()).startsWith("rollback: ");
    }

    @Test
    @Order(5)
    void noPasswordAndNoPersonalValueIsTold() throws Exception {
        Leaks leaks = new Leaks(Leaks.secrets(secretFiles()));
        assertThat(leaks.search(
                        "the secrets themselves", Files.readString(secretFiles().get(0))))
                .hasSize(1);
        assertThat(personalValuesOfTheShop())
                .allSatisfy((what, count) -> assertThat(count).as(what).isPositive());
        leaks.found().clear();
        Path report = directory.resolve("report");
        TowpathCommand verify =
                TowpathCommand.run("verify", "-f", story.migration().toString(), "--report", report.toString());
        assertThat(verify.exitCode()).as(verify.output()).isZero();

        leaks.search("what the demo says", said.toString(StandardCharsets.UTF_8));
        leaks.search("what verify says", verify.output());
        assertThat(leaks.searchFiles(directory, heldBack())).isGreaterThanOrEqualTo(20);
        for (var worker : List.of(servers.applications(), servers.mirror())) {
            List<String> connectors = new ConnectRest(worker.url()).connectors();
            assertThat(connectors).isNotEmpty();
            Tales.rest(worker.url(), connectors)
                    .forEach((path, answer) -> leaks.search(worker.name() + " " + path, answer));
        }
        for (KafkaCluster cluster : List.of(servers.dc1(), servers.dc2())) {
            Map<String, String> topics = Tales.topics(cluster);
            assertThat(topics)
                    .containsKeys(Story.TOPIC, "connect-configs", "connect-offsets", "towpath-dc1-to-dc2-journal");
            topics.forEach((topic, text) -> leaks.search("topic " + topic + " of " + cluster.name(), text));
        }
        for (Server server : stack.servers()) {
            leaks.search("the command line of " + server.name(), Tales.commandLine(server.pid()));
            if (server != servers.postgres()) {
                String metrics = Tales.jmx(server.pid());
                assertThat(metrics).as(server.name()).contains("kafka.");
                leaks.search("the metrics of " + server.name(), metrics);
            }
        }
        assertThat(leaks.found()).isEmpty();
    }

    /** In a trial every role that there is. */
    @TestFactory
    @Order(6)
    Stream<DynamicTest> oneRightFewerAndTheRoleDoesNotWork() {
        RoleWork work = new RoleWork(servers, directory);
        List<Role> roles =
                TrialSize.current().trial() ? List.of(Role.values()) : List.of(Role.READER, Role.VERIFY, Role.SINK);
        return roles.stream().flatMap(role -> tests(work, role));
    }

    private Stream<DynamicTest> tests(RoleWork work, Role role) {
        if (RoleWork.hasItsOwn(role)) {
            work.prepare(role);
        }
        return Stream.concat(
                losses(work, role)
                        .map(loss -> DynamicTest.dynamicTest(
                                role + " without " + loss.right(), () -> assertBroken(work, loss))),
                Stream.of(DynamicTest.dynamicTest(
                        role + " with all of them",
                        () -> assertThat(work.works(role)).isTrue())));
    }

    /** One right of one role, on the cluster that it is for. */
    private record Loss(KafkaCluster cluster, Role role, Right right) {}

    /** Without those that are only for an option or a topic that the story does not have. */
    private Stream<Loss> losses(RoleWork work, Role role) {
        return lossesOf(work, role).filter(loss -> !loss.right().why().startsWith("with "));
    }

    private Stream<Loss> lossesOf(RoleWork work, Role role) {
        if (role == Role.WORKER) {
            return ConnectRights.worker(TwoClusters.WORKER).stream().map(right -> new Loss(servers.dc1(), role, right));
        }
        if (RoleWork.hasItsOwn(role)) {
            return work.ownRights(role).stream()
                    .map(right -> new Loss(right.on() == Right.On.SOURCE ? servers.dc1() : servers.dc2(), role, right));
        }
        Stream<Loss> source =
                story.cast().on(Right.On.SOURCE).get(role).stream().map(right -> new Loss(servers.dc1(), role, right));
        Stream<Loss> target = story.cast().on(Right.On.TARGET).get(role).stream()
                .filter(right -> right.on() == Right.On.TARGET)
                .map(right -> new Loss(servers.dc2(), role, right));
        return Stream.concat(source, target);
    }

    private static void assertBroken(RoleWork work, Loss loss) {
        String user = loss.role().toString();
        try (Admission admin = new Admission(loss.cluster())) {
            admin.withdraw(user, List.of(loss.right()));
            try {
                assertThat(work.worksWithout(loss.role(), loss.right()))
                        .as("%s works without %s", user, loss.right())
                        .isFalse();
            } finally {
                admin.allow(user, List.of(loss.right()));
                work.restore(loss.role());
            }
        }
    }

    /** That the patterns find the values that this run really has. */
    private Map<String, Long> personalValuesOfTheShop() throws Exception {
        String customers = inTheShop("select string_agg(name || ' ' || email, ' ') from customers");
        String logins = inTheShop("select string_agg(ip, ' ') from logins");
        return Map.of(
                "names", Leaks.personal("a name", customers),
                "e-mail addresses", Leaks.personal("an e-mail address", customers),
                "IP addresses", Leaks.personal("an IP address", logins));
    }

    private String inTheShop(String query) throws Exception {
        try (Connection connection = Database.of(servers.postgres(), "shop").connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    private List<Path> secretFiles() throws Exception {
        try (Stream<Path> files = Files.walk(directory.resolve("secrets"))) {
            List<Path> all =
                    new ArrayList<>(files.filter(file -> file.toString().endsWith(".properties"))
                            .sorted()
                            .collect(Collectors.toList()));
            all.add(directory.resolve("secrets.properties"));
            return all;
        }
    }

    /** The secrets, the databases' own files, and the brokers' segments, whose records are read as records. */
    private List<Path> heldBack() {
        return List.of(
                directory.resolve("secrets"),
                directory.resolve("secrets.properties"),
                directory.resolve("postgres").resolve("data"),
                directory.resolve("dc1-1").resolve("data"),
                directory.resolve("dc2-1").resolve("data"));
    }
}
