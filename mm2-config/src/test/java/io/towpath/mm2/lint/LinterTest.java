package io.towpath.mm2.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.towpath.mm2.ClusterEnd;
import io.towpath.mm2.FlowWorker;
import io.towpath.mm2.IdentityFlow;
import io.towpath.mm2.Sizing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinterTest {

    private static final Path PAGES = Path.of(System.getProperty("towpath.home"), "docs", "lint");
    private static final ClusterEnd DC1 = new ClusterEnd("dc1", "one:9092", Map.of());
    private static final ClusterEnd DC2 = new ClusterEnd("dc2", "two:9092", Map.of());

    @Test
    void ourOwnFlowsAreClean() {
        assertThat(Linter.lint(List.of(packaged(true)))).isEmpty();
        assertThat(Linter.lint(List.of(packaged(false)))).isEmpty();
    }

    /** One change to a clean flow, and the one rule that it breaks. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "header.converter                            |                    | header-converter",
                "value.converter                             | JsonConverter      | value-converter",
                "source.consumer.isolation.level             |                    | exactly-once-isolation",
                "source.consumer.auto.offset.reset           | latest             | start-of-topic",
                "producer.override.max.request.size          |                    | message-size",
                "errors.tolerance                            | all                | errors-tolerated",
                "source.cluster.max.poll.records             | 50000              | ineffective-key",
                "producer.batch.size                         | 500000             | ineffective-key",
                "tasks.max                                   | 1                  | one-task",
                "producer.override.batch.size                |                    | small-batches",
                "refresh.topics.enabled                      |                    | slow-refresh",
                "topics                                      | .*                 | topics-of-others",
                "topics                                      | connect-.*         | topics-of-others",
                "topics                                      | shop.*             | topics-of-others",
                "source.cluster.consumer.max.poll.records    | 50000              | ineffective-key",
                "target.cluster.config.providers             | file               | ineffective-key",
                "replication.factor                          |                    | replication-factor",
                "replication.factor                          | 1                  | replication-factor",
                "offset-syncs.topic.replication.factor       | 1                  | replication-factor",
                "sync.topic.configs.enabled                  | true               | timestamp-limits",
                "consumer.override.bootstrap.servers         |                    | overrides-differ",
                "admin.override.bootstrap.servers            | one:9092           | overrides-differ",
                "offsets.storage.topic                       |                    | shared-offsets-topic",
                "offsets.storage.topic                       | connect-offsets    | shared-offsets-topic",
                "producer.override.acks                      | 1                  | weak-acks",
                "source.cluster.ssl.truststore.password      | changeit           | secret-in-clear",
                "topics.blacklist                            | audit.*            | removed-key",
                "config.properties.blacklist                 | retention.ms       | removed-key",
                "emit.offset-syncs.enabled                   |                    | syncs-on-source",
            })
    void aMistakeBreaksItsRuleAndNoOther(String key, String value, String rule) {
        Map<String, String> config = new HashMap<>(packaged(false).config());
        if (value == null) {
            config.remove(key);
        } else {
            config.put(key, value);
        }
        assertThat(Linter.lint(List.of(new Flow("f", config))))
                .extracting(Hit::rule)
                .containsOnly(rule);
    }

    @Test
    void theAliasesOfAClassAreThatClass() {
        for (String alias : List.of("MirrorSourceConnector", "MirrorSource")) {
            Map<String, String> config = new HashMap<>(packaged(true).config());
            config.put("connector.class", alias);
            config.put("tasks.max", "1");
            assertThat(Linter.lint(List.of(new Flow("f", config))))
                    .extracting(Hit::rule)
                    .containsExactly("one-task");
        }
        assertThat(new Flow("f", Map.of("connector.class", "MirrorHeartbeat")).isMirror())
                .isTrue();
        assertThat(new Flow("f", Map.of("connector.class", "com.example.MirrorSourceOfMine")).isMirror())
                .isFalse();
    }

    @Test
    void twoFlowsDoNotShareAnOffsetsTopic() {
        Map<String, String> other = new HashMap<>(packaged(false).config());
        other.put("topics", "other");
        assertThat(Linter.lint(List.of(packaged(false), new Flow("other", other))))
                .extracting(Hit::rule, Hit::flow)
                .containsExactlyInAnyOrder(
                        tuple("shared-offsets-topic", "shop"), tuple("shared-offsets-topic", "other"));
        other.put("offsets.storage.topic", "other-offsets");
        assertThat(Linter.lint(List.of(packaged(false), new Flow("other", other))))
                .isEmpty();
    }

    /** There the producer of a cluster is the worker's, which writes the records. */
    @Test
    void inDedicatedModeTheTargetsProducerIsTheWriter() {
        String file = """
                clusters = A, B
                A.bootstrap.servers = a:9092
                B.bootstrap.servers = b:9092
                A->B.enabled = true
                A->B.topics = orders
                B.producer.max.request.size = 8000000
                B.producer.acks = 1
                """;
        assertThat(Linter.lint(FlowFile.parse("f", file)))
                .extracting(Hit::rule)
                .contains("weak-acks")
                .doesNotContain("message-size", "overrides-differ", "ineffective-key");
    }

    @Test
    void aPasswordIsASecretAndThePlaceOfOneIsNot() {
        String login = "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"u\" password=";
        Map<String, String> config = new HashMap<>(packaged(true).config());
        config.put("source.cluster.sasl.jaas.config", login + "\"${file:/etc/towpath/dc1.properties:password}\";");
        config.put("target.cluster.ssl.truststore.password", "${env:TRUST}");
        assertThat(Linter.lint(List.of(new Flow("f", config)))).isEmpty();
        config.put("source.cluster.sasl.jaas.config", login + "\"hunter2\";");
        assertThat(Linter.lint(List.of(new Flow("f", config)))).singleElement().satisfies(hit -> {
            assertThat(hit.rule()).isEqualTo("secret-in-clear");
            assertThat(hit).asString().doesNotContain("hunter2");
        });
    }

    @Test
    void severalRequestsInFlightAreFineOnlyWithExactlyOnce() {
        Map<String, String> config = new HashMap<>(packaged(true).config());
        assertThat(config).containsEntry("producer.override.max.in.flight.requests.per.connection", "5");
        config.put("exactly.once.support", "requested");
        assertThat(Linter.lint(List.of(new Flow("f", config))))
                .extracting(Hit::rule)
                .containsExactlyInAnyOrder("order-at-risk", "not-exactly-once");
    }

    @Test
    void identityInBothDirectionsIsTwoFlowsMistake() {
        Map<String, String> back = new HashMap<>(packaged(true).config());
        back.putAll(Map.of("source.cluster.alias", "dc2", "target.cluster.alias", "dc1"));
        assertThat(Linter.lint(List.of(packaged(true), new Flow("back", back))))
                .extracting(Hit::rule, Hit::flow)
                .containsExactlyInAnyOrder(tuple("identity-both-ways", "shop"), tuple("identity-both-ways", "back"));
        back.put("topics", "other");
        assertThat(Linter.lint(List.of(packaged(true), new Flow("back", back)))).isEmpty();
    }

    @Test
    void theCheckpointConnectorHasItsOwnRules() {
        Flow flow = new Flow(
                "cpc",
                Map.of(
                        "connector.class", "org.apache.kafka.connect.mirror.MirrorCheckpointConnector",
                        "exactly.once.support", "required",
                        "sync.group.offsets.enabled", "true"));
        assertThat(Linter.lint(List.of(flow)))
                .extracting(Hit::rule)
                .containsExactly("groups-left-out", "group-sync-at-switch", "checkpoint-refused");
    }

    @Test
    void whatIsNoConfigurationIsSaidSo() {
        assertThatThrownBy(() -> FlowFile.parse("f", "{\n\"a\"")).hasMessage("f: not JSON, line 2");
        assertThatThrownBy(() -> FlowFile.parse("f", "a=b")).hasMessageStartingWith("f: neither JSON, nor a");
        assertThatThrownBy(() -> FlowFile.parse("f", "kind: KafkaMirrorMaker2\nspec: ["))
                .hasMessage("f: not YAML");
    }

    @Test
    void everyRuleHasItsPage() throws IOException {
        boolean update = System.getProperty("update") != null
                && !System.getProperty("update").startsWith("$");
        for (Rule rule : Linter.RULES) {
            String page = "# " + rule.id() + "\n\n**What happens.** " + rule.effect() + "\n\n**Repair.** "
                    + rule.repair() + "\n\n[All rules](README.md)\n";
            Path file = PAGES.resolve(rule.id() + ".md");
            if (update) {
                Files.createDirectories(PAGES);
                Files.writeString(file, page);
            }
            assertThat(file).hasContent(page);
        }
        String index = "# Rules of `towpath mm2 lint`\n\nWritten from the rules; `-Dupdate` rewrites.\n\n"
                + Linter.RULES.stream()
                        .map(rule -> "- [" + rule.id() + "](" + rule.id() + ".md)")
                        .collect(Collectors.joining("\n"))
                + "\n";
        if (update) {
            Files.writeString(PAGES.resolve("README.md"), index);
        }
        assertThat(PAGES.resolve("README.md")).hasContent(index);
    }

    private static Flow packaged(boolean attachedToTarget) {
        IdentityFlow flow = new IdentityFlow(
                "shop", DC1, DC2, List.of("orders"), Sizing.throughput(4), new FlowWorker(attachedToTarget, true));
        return new Flow(flow.name(), flow.render());
    }
}
