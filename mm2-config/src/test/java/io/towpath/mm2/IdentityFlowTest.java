package io.towpath.mm2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.apache.kafka.connect.mirror.DefaultTopicFilter;
import org.apache.kafka.connect.mirror.MirrorSourceConnector;
import org.apache.kafka.connect.runtime.SourceConnectorConfig;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityFlowTest {

    private static final ClusterEnd DC1 = new ClusterEnd("dc1", "one:9092", ClusterEnd.security("plaintext", Map.of()));
    private static final ClusterEnd DC2 = new ClusterEnd("dc2", "two:9092", ClusterEnd.security("plaintext", Map.of()));
    private static final FlowWorker ON_TARGET = new FlowWorker(true, true);
    private static final FlowWorker ON_SOURCE = new FlowWorker(false, true);

    private static final List<IdentityFlow> EVERY_KIND = List.of(
            flow(DC1, DC2, ON_TARGET),
            flow(DC2, DC1, ON_SOURCE),
            new IdentityFlow(
                    "scram", scram(DC1), scram(DC2), List.of("orders"), new Sizing("latency", 1, 1 << 20), ON_SOURCE));

    /** What MM2 reads below source.cluster. and target.cluster.; it drops all other keys there without a word. */
    private static final Set<String> CLUSTER_KEYS = AdminClientConfig.configNames().stream()
            .filter(key -> key.matches("bootstrap\\.servers|(security|sasl|ssl)\\..*"))
            .collect(Collectors.toSet());

    @Test
    void theForwardFlowIsTheGoldenOne() throws IOException {
        Golden.assertRendersAs("migrate-forward.json", EVERY_KIND.get(0).render());
    }

    @Test
    void theReverseFlowOnTheSameWorkerIsTheGoldenOne() throws IOException {
        Golden.assertRendersAs("migrate-reverse.json", EVERY_KIND.get(1).render());
    }

    @Test
    void theFlowWithPasswordsIsTheGoldenOneAndHoldsNone() throws IOException {
        Golden.assertRendersAs("migrate-scram.json", EVERY_KIND.get(2).render());
        assertThat(EVERY_KIND.get(2).render().get("source.cluster.sasl.jaas.config"))
                .contains("password=\"${file:/etc/towpath/dc1.properties:password}\"");
    }

    @Test
    void aFlowWritesAsTheUserOfItsTargetAndNotAsTheWorker() {
        Map<String, String> config =
                flow(scram(DC1), scram(DC2), new FlowWorker(true, true)).render();
        for (String client : List.of("producer.override.", "consumer.override.", "admin.override.")) {
            assertThat(config)
                    .containsEntry(client + "sasl.jaas.config", config.get("target.cluster.sasl.jaas.config"))
                    .doesNotContainKey(client + "bootstrap.servers");
        }
        assertThat(flow(DC1, DC2, new FlowWorker(true, true)).render().keySet())
                .noneMatch(key -> key.contains(".override.security") || key.contains(".override.sasl"));
    }

    @Test
    void mm2AcceptsEveryKind() {
        for (IdentityFlow flow : EVERY_KIND) {
            assertThat(new MirrorSourceConnector().validate(flow.render()).configValues())
                    .allSatisfy(value ->
                            assertThat(value.errorMessages()).as(value.name()).isEmpty());
            assertThat(SourceConnectorConfig.configDef().validate(flow.render()))
                    .flatExtracting(ConfigValue::errorMessages)
                    .isEmpty();
            assertThat(new MirrorSourceConnector().exactlyOnceSupport(flow.render()))
                    .isEqualTo(ExactlyOnceSupport.SUPPORTED);
        }
    }

    @Test
    void noKeyIsUnknownToItsReader() {
        for (IdentityFlow flow : EVERY_KIND) {
            Set<String> keys = new TreeSet<>(flow.render().keySet());
            keys.removeAll(new MirrorSourceConnector().config().names());
            keys.removeAll(SourceConnectorConfig.configDef().names());
            keys.removeIf(key -> known(key, "source.cluster.", CLUSTER_KEYS)
                    || known(key, "target.cluster.", CLUSTER_KEYS)
                    || known(key, "source.consumer.", ConsumerConfig.configNames())
                    || known(key, "producer.override.", ProducerConfig.configNames())
                    || known(key, "admin.override.", ConsumerConfig.configNames())
                    || known(key, "consumer.override.", ConsumerConfig.configNames()));
            assertThat(keys).isEmpty();
        }
    }

    @Test
    void aFlowThatWritesElsewhereThanItsWorkerCarriesAllThreeOverridesAndItsOwnOffsetsTopic() {
        Map<String, String> reverse = flow(DC2, DC1, ON_SOURCE).render();
        assertThat(reverse)
                .containsEntry("producer.override.bootstrap.servers", "one:9092")
                .containsEntry("admin.override.bootstrap.servers", "one:9092")
                .containsEntry("consumer.override.bootstrap.servers", "one:9092")
                .containsEntry("consumer.override.security.protocol", "PLAINTEXT")
                .containsEntry("offsets.storage.topic", "towpath-shop-offsets");
        assertThat(flow(DC1, DC2, ON_TARGET).render())
                .doesNotContainKeys("producer.override.bootstrap.servers", "offsets.storage.topic");
    }

    @Test
    void exactlyTheNamedTopicsAreMirrored() {
        DefaultTopicFilter filter = new DefaultTopicFilter();
        filter.configure(flow(DC1, DC2, ON_TARGET).render());
        assertThat(filter.shouldReplicateTopic("shop.orders")).isTrue();
        assertThat(filter.shouldReplicateTopic("shop_orders")).isFalse();
        assertThat(filter.shouldReplicateTopic("by-name.replica"))
                .as("not excluded by MM2's default")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__consumer_offsets",
                ".hidden",
                "mm2-offset-syncs.b.internal",
                "b.checkpoints.internal",
                "heartbeats"
            })
    void aTopicThatMm2WouldSkipSilentlyIsRefused(String topic) {
        assertThatThrownBy(() -> new IdentityFlow("f", DC1, DC2, List.of(topic), Sizing.throughput(1), ON_TARGET))
                .hasMessageStartingWith(topic + " given; wanted: topics that MM2 mirrors");
    }

    @Test
    void anUnknownSizingAndAMissingPasswordAreRefusedByName() {
        assertThatThrownBy(() -> Template.load("sizing", "huge")).hasMessageStartingWith("huge given; wanted: one of");
        assertThatThrownBy(() -> ClusterEnd.security("scram-sha-512", Map.of("username", "u")))
                .hasMessageStartingWith("password: nothing given; wanted by sasl.jaas.config");
    }

    private static boolean known(String key, String prefix, Set<String> names) {
        return key.startsWith(prefix) && names.contains(key.substring(prefix.length()));
    }

    private static IdentityFlow flow(ClusterEnd source, ClusterEnd target, FlowWorker worker) {
        return new IdentityFlow(
                "shop", source, target, List.of("shop.orders", "by-name.replica"), Sizing.throughput(4), worker);
    }

    private static ClusterEnd scram(ClusterEnd end) {
        String secrets = "${file:/etc/towpath/" + end.alias() + ".properties:";
        return new ClusterEnd(
                end.alias(),
                end.bootstrapServers(),
                ClusterEnd.security(
                        "scram-sha-512",
                        new TreeMap<>(Map.of(
                                "username",
                                "towpath",
                                "password",
                                secrets + "password}",
                                "truststore",
                                "/etc/towpath/truststore.jks",
                                "truststore.password",
                                secrets + "truststore.password}"))));
    }
}
