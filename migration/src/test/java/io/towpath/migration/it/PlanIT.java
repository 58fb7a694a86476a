package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Stack;
import io.towpath.local.TrialSize;
import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crowded cluster with an authorizer, planned onto an empty one and made so, by the commands an operator types. */
@Tag("trial-mirror")
class PlanIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> AUTHORIZER = Map.of(
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users", "User:ANONYMOUS");

    @TempDir
    static Path folder;

    private static Stack stack;
    private static KafkaCluster dc1;
    private static KafkaCluster dc2;
    private static Crowd crowd;

    @BeforeAll
    static void start() throws Exception {
        stack = Stack.embedded(folder.resolve("servers"));
        CompletableFuture<KafkaCluster> first = CompletableFuture.supplyAsync(() -> stack.kafka("dc1", 1, AUTHORIZER));
        dc2 = stack.kafka("dc2", 1, AUTHORIZER);
        dc1 = first.join();
        TrialSize size = TrialSize.current();
        crowd = new Crowd(dc1.bootstrapServers(), size.of(30, 500), size.of(60, 1000), size.of(12, 200));
        crowd.settle();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aCrowdIsPlannedAppliedAndThenThereIsNothingLeftToDo() throws Exception {
        String file = migration("crowd", "/crowd-.*/");
        long start = System.nanoTime();
        CommandRun plan = CommandRun.of("plan", "-f", file, "--default-quotas", "--json", "--throttle", "20MB/s");
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        TrialSize.figure("plan seconds", took.toMillis() / 1000.0);
        assertThat(took)
                .as("a plan is made")
                .isLessThan(Duration.ofSeconds(TrialSize.current().of(60, 10)));
        assertThat(plan.exit()).isEqualTo(Exit.DIFFER);
        JsonNode json = JSON.readTree(plan.out());
        assertThat(json.path("topics")).hasSize(crowd.topics());
        assertThat(count(json.path("changes"), "create")).isEqualTo(crowd.topics());
        assertThat(count(json.path("changes"), "grant")).isEqualTo(crowd.acls());
        assertThat(count(json.path("changes"), "quota")).isEqualTo(2);
        assertThat(kinds(json.path("whoMustMove"), "group")).isEqualTo(crowd.groups());
        assertThat(json.path("secretsToIssueAnew"))
                .extracting(JsonNode::asText)
                .containsExactly("shop: SCRAM-SHA-512 (4096)");
        assertThat(json.at("/capacity/bytes").asLong()).isPositive();

        CommandRun applied = CommandRun.of("plan", "-f", file, "--default-quotas", "--apply");
        assertThat(applied.lastLine()).isEqualTo("plan: " + json.path("changes").size() + " changes applied");
        assertThat(applied.exit()).isEqualTo(Exit.DONE);
        CommandRun again = CommandRun.of("plan", "-f", file, "--apply");
        assertThat(again.lastLine()).isEqualTo("plan: 0 changes applied");
        assertThat(again.exit()).isEqualTo(Exit.DONE);
        assertTheTargetHasWhatTheSourceHas();
        assertDriftIsToldAndNotMade(file);
    }

    private static void assertTheTargetHasWhatTheSourceHas() throws Exception {
        try (Admin source = Admin.create(Map.of("bootstrap.servers", dc1.bootstrapServers()));
                Admin target = Admin.create(Map.of("bootstrap.servers", dc2.bootstrapServers()))) {
            assertThat(target.describeAcls(AclBindingFilter.ANY).values().get())
                    .containsExactlyInAnyOrderElementsOf(
                            source.describeAcls(AclBindingFilter.ANY).values().get());
            assertThat(target.describeClientQuotas(ClientQuotaFilter.all())
                            .entities()
                            .get())
                    .isEqualTo(source.describeClientQuotas(ClientQuotaFilter.all())
                            .entities()
                            .get());
        }
    }

    private static void assertDriftIsToldAndNotMade(String file) throws Exception {
        crowd.topic("crowd-later", 1);
        CommandRun drift = CommandRun.of("plan", "-f", file, "--apply");
        assertThat(drift.out()).contains("DRIFT crowd-later: appeared after the plan was applied");
        assertThat(drift.lastLine()).isEqualTo("plan: 0 changes applied, drift left: 1");
        assertThat(drift.exit()).isEqualTo(Exit.DIFFER);
        try (Admin target = Admin.create(Map.of("bootstrap.servers", dc2.bootstrapServers()))) {
            assertThat(target.listTopics().names().get()).doesNotContain("crowd-later");
        }
        assertThat(CommandRun.of("mm2", "render", "-f", file).out())
                .as("every command works on the topics of the applied plan")
                .doesNotContain("crowd-later");
        assertThat(CommandRun.of("plan", "-f", file, "--accept-drift", "--apply")
                        .exit())
                .isEqualTo(Exit.DONE);
        assertThat(CommandRun.of("mm2", "render", "-f", file).out()).contains("crowd-later");
    }

    @Test
    void aGroupThatIsCutInTwoIsRefusedAndNothingIsApplied() throws Exception {
        crowd.topic("inside", 1);
        crowd.topic("outside", 1);
        crowd.commit("cut", "inside", 0, 0);
        crowd.commit("cut", "outside", 0, 0);
        String file = migration("cut", "inside", "cut");
        CommandRun run = CommandRun.of("plan", "-f", file, "--apply");
        assertThat(run.out())
                .contains(
                        "CONFLICT group cut: reads topics of this migration and [outside] outside of it; wanted: those"
                                + " topics in the same migration, or two groups");
        assertThat(run.lastLine()).isEqualTo("plan: nothing applied, 1 conflict to settle first");
        assertThat(run.exit()).isEqualTo(Exit.DIFFER);
        try (Admin target = Admin.create(Map.of("bootstrap.servers", dc2.bootstrapServers()))) {
            assertThat(target.listTopics().names().get()).doesNotContain("inside");
        }
    }

    @Test
    void aTargetThatCannotBecomeTheSourceIsRefusedInWordsAndNothingIsApplied() throws Exception {
        crowd.topic("narrow", 1);
        crowd.topic("deleting", 1);
        crowd.topic("wanted-too", 1);
        try (Writer target = new Writer(dc2.bootstrapServers())) {
            target.topic("narrow", 3, Map.of());
            target.topic("deleting", 1, Map.of("cleanup.policy", "compact"));
        }
        String file = migration("refused", "/narrow|deleting|wanted-too/");
        CommandRun run = CommandRun.of("plan", "-f", file, "--apply");
        assertThat(run.out())
                .contains(
                        "CONFLICT narrow: 3 partitions present on the target; wanted: 1 as on the source, and partitions"
                                + " cannot be removed",
                        "CONFLICT deleting: cleanup.policy=compact on the target; wanted: delete as on the source, and"
                                + " records may be gone already");
        assertThat(run.lastLine()).isEqualTo("plan: nothing applied, 2 conflicts to settle first");
        assertThat(run.exit()).isEqualTo(Exit.DIFFER);
        try (Admin target = Admin.create(Map.of("bootstrap.servers", dc2.bootstrapServers()))) {
            assertThat(target.listTopics().names().get()).doesNotContain("wanted-too");
        }
    }

    @Test
    void aChecklistIsWrittenWithOwnersToFillInAndNeverOver() throws Exception {
        crowd.topic("listed", 1);
        crowd.commit("reader", "listed", 0, 0);
        String file = migration("listed", "listed", "reader");
        Path list = folder.resolve("who.md");
        assertThat(CommandRun.of("plan", "-f", file, "--checklist", list.toString())
                        .exit())
                .isEqualTo(Exit.DIFFER);
        assertThat(Files.readString(list))
                .containsPattern("\\| \\d+ \\| group \\| reader \\| .*lag 0 on \\[listed].* \\| \\| ☐ \\|");
        CommandRun second = CommandRun.of("plan", "-f", file, "--checklist", list.toString());
        assertThat(second.err()).contains("is there, with its owners; wanted: a new file");
        assertThat(second.exit()).isEqualTo(Exit.BAD_INPUT);
    }

    private static long count(JsonNode changes, String kind) {
        return changes.findValuesAsText("kind").stream().filter(kind::equals).count();
    }

    private static long kinds(JsonNode movers, String kind) {
        return count(movers, kind);
    }

    private static String migration(String name, String topics, String... groups) throws Exception {
        String yaml = """
                name: %s
                source: {alias: dc1, bootstrap.servers: "%s"}
                target: {alias: dc2, bootstrap.servers: "%s"}
                topics: ["%s"]
                groups: [%s]
                """.formatted(
                name, dc1.bootstrapServers(), dc2.bootstrapServers(), topics, String.join(", ", List.of(groups)));
        return Files.writeString(folder.resolve(name + ".yaml"), yaml).toString();
    }
}
