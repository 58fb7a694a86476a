package io.towpath.mm2;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.mm2.lint.Flow;
import io.towpath.mm2.lint.FlowFile;
import io.towpath.mm2.lint.Hit;
import io.towpath.mm2.lint.Linter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Connector;
import org.apache.kafka.connect.mirror.DefaultTopicFilter;
import org.apache.kafka.connect.mirror.MirrorCheckpointConnector;
import org.apache.kafka.connect.mirror.MirrorHeartbeatConnector;
import org.apache.kafka.connect.mirror.MirrorMakerConfig;
import org.apache.kafka.connect.mirror.MirrorSourceConnector;
import org.apache.kafka.connect.mirror.SourceAndTarget;
import org.apache.kafka.connect.runtime.SourceConnectorConfig;
import org.junit.jupiter.api.Test;

class DisasterRecoveryFlowTest {

    private static final DisasterRecoveryFlow FLOW = new DisasterRecoveryFlow(
            "standby",
            new ClusterEnd("dc1", "one:9092", ClusterEnd.security("plaintext", Map.of())),
            new ClusterEnd("dc2", "two:9092", ClusterEnd.security("plaintext", Map.of())),
            List.of("shop\\..+"),
            List.of(".*"),
            new DisasterRecoveryFlow.Options(Sizing.throughput(4), true, 3));

    private static final Map<String, Connector> CONNECTORS = Map.of(
            "standby-source", new MirrorSourceConnector(),
            "standby-checkpoint", new MirrorCheckpointConnector(),
            "standby-heartbeat", new MirrorHeartbeatConnector());

    @Test
    void theThreeConnectorsAreTheGoldenOnes() throws IOException {
        for (Map.Entry<String, Map<String, String>> connector : FLOW.render().entrySet()) {
            Golden.assertRendersAs("disaster-recovery-" + connector.getKey() + ".json", connector.getValue());
        }
    }

    @Test
    void theFileForDedicatedModeIsTheGoldenOne() throws IOException {
        Golden.assertRendersAs("disaster-recovery-connect-mirror-maker.json", FLOW.properties());
    }

    @Test
    void mm2AcceptsEveryConnectorAndKnowsEveryKey() {
        FLOW.render().forEach((name, config) -> {
            Connector connector = CONNECTORS.get(name);
            assertThat(connector.validate(config).configValues())
                    .allSatisfy(value -> assertThat(value.errorMessages())
                            .as("%s of %s", value.name(), name)
                            .isEmpty());
            assertThat(SourceConnectorConfig.configDef().validate(config))
                    .flatExtracting(ConfigValue::errorMessages)
                    .isEmpty();
            Set<String> unknown = new TreeSet<>(config.keySet());
            unknown.removeAll(connector.config().names());
            unknown.removeAll(SourceConnectorConfig.configDef().names());
            unknown.removeIf(DisasterRecoveryFlowTest::isAClients);
            assertThat(unknown).as(name).isEmpty();
        });
    }

    private static boolean isAClients(String key) {
        return Map.of(
                        "source.cluster.", AdminClientConfig.configNames(),
                        "target.cluster.", AdminClientConfig.configNames(),
                        "source.consumer.", ConsumerConfig.configNames(),
                        "producer.override.", ProducerConfig.configNames())
                .entrySet()
                .stream()
                .filter(client -> key.startsWith(client.getKey()))
                .anyMatch(client ->
                        client.getValue().contains(key.substring(client.getKey().length())));
    }

    /** MM2's own reading of the file: what it makes of it is what Connect would be sent. */
    @Test
    void dedicatedModeMakesTheSameConnectorsOfItsFile() {
        MirrorMakerConfig config = new MirrorMakerConfig(FLOW.properties());
        SourceAndTarget pair = new SourceAndTarget("dc1", "dc2");
        assertThat(config.clusterPairs())
                .as("the other direction would write to the source")
                .containsExactly(pair);
        Map<String, String> made = new TreeMap<>(config.connectorBaseConfig(pair, MirrorSourceConnector.class));
        Map<String, String> wanted = new TreeMap<>(FLOW.render().get("standby-source"));
        wanted.remove("name"); // dedicated mode names its connectors itself
        wanted.remove("exactly.once.support"); // the worker of dedicated mode writes exactly once, see below
        assertThat(made).containsAllEntriesOf(wanted);
        assertThat(config.connectorBaseConfig(pair, MirrorCheckpointConnector.class))
                .containsEntry("sync.group.offsets.enabled", "true")
                .containsEntry("offset-syncs.topic.location", "target");
        assertThat(config.workerConfig(pair)).containsEntry("exactly.once.source.support", "enabled");
    }

    @Test
    void theLinterHasNothingToSayButThatGroupSyncMustRestAtTheSwitch() throws IOException {
        List<Flow> connectors = FLOW.render().entrySet().stream()
                .map(connector -> new Flow(connector.getKey(), connector.getValue()))
                .toList();
        assertThat(Linter.lint(connectors)).extracting(Hit::rule).containsExactly("group-sync-at-switch");
        String file = FLOW.properties().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\"))
                .collect(Collectors.joining("\n"));
        assertThat(Linter.lint(FlowFile.parse("connect-mirror-maker.properties", file)))
                .extracting(Hit::rule)
                .containsOnly("group-sync-at-switch");
    }

    @Test
    void aTopicThatAppearsLaterIsTakenAndWhatBelongsToOthersIsNot() {
        DefaultTopicFilter filter = new DefaultTopicFilter();
        filter.configure(FLOW.render().get("standby-source"));
        assertThat(filter.shouldReplicateTopic("shop.new")).isTrue();
        assertThat(filter.shouldReplicateTopic("shop.app-store-changelog")).isFalse();
    }

    @Test
    void withoutExactlyOnceNoTransactionIsAskedForAndOrderIsNotRisked() {
        DisasterRecoveryFlow plain = new DisasterRecoveryFlow(
                "standby",
                FLOW.source(),
                FLOW.target(),
                FLOW.topics(),
                FLOW.groups(),
                new DisasterRecoveryFlow.Options(Sizing.throughput(4), false, 1));
        assertThat(plain.render().get("standby-source").keySet())
                .noneMatch(key -> key.startsWith("transaction.")
                        || key.equals("exactly.once.support")
                        || key.contains("max.in.flight"));
    }
}
