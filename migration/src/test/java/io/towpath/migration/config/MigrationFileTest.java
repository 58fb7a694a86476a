package io.towpath.migration.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.migration.BadInput;
import io.towpath.mm2.FlowWorker;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationFileTest {

    private static final String WHOLE = """
            name: shop-to-dc2
            source:
              alias: dc1
              bootstrap.servers: one:9092,two:9092
              security.protocol: SASL_PLAINTEXT
              sasl.jaas.config: "scram required password=\\"${env:PATH}\\";"
            target: {alias: dc2, bootstrap.servers: "three:9092"}
            connect: {url: "http://localhost:8083", attached: source, exactly.once: false}
            flow: {sizing: latency, tasks: 3, max.request.bytes: 1048576}
            topics: [orders, "/shop\\\\..+/"]
            groups: [billing]
            """;

    private static final String SMALL = """
            name: n
            source: {alias: a, bootstrap.servers: "h:1"}
            target: {alias: b, bootstrap.servers: "h:2"}
            topics: [t]
            """;

    @Test
    void everyKeyHasItsPlaceInTheRecord() {
        Migration migration = MigrationFile.parse("m", WHOLE);
        assertThat(migration.name()).isEqualTo("shop-to-dc2");
        assertThat(migration.source().alias()).isEqualTo("dc1");
        assertThat(migration.source().bootstrapServers()).isEqualTo("one:9092,two:9092");
        assertThat(migration.connect().url()).isEqualTo(URI.create("http://localhost:8083"));
        assertThat(migration.connect().worker()).isEqualTo(new FlowWorker(false, false));
        assertThat(migration.sizing().name()).isEqualTo("latency");
        assertThat(migration.sizing().tasks()).isEqualTo(3);
        assertThat(migration.sizing().maxRequestBytes()).isEqualTo(1_048_576);
        assertThat(migration.topics().entries()).containsExactly("orders", "/shop\\..+/");
        assertThat(migration.groups()).containsExactly("billing");
    }

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        Migration migration = MigrationFile.parse("m", SMALL);
        assertThat(migration.connect().url()).isNull();
        assertThat(migration.connect().worker()).isEqualTo(new FlowWorker(true, true));
        assertThat(migration.sizing().name()).isEqualTo("throughput");
        assertThat(migration.groups()).isEmpty();
    }

    @Test
    void ourOwnClientsGetTheSecretAndTheFlowGetsItsPlace() {
        Cluster source = MigrationFile.parse("m", WHOLE).source();
        assertThat(source.properties().get("sasl.jaas.config").toString()).doesNotContain("${env:PATH}");
        assertThat(source.end().security())
                .containsEntry("sasl.jaas.config", "scram required password=\"${env:PATH}\";");
        assertThat(source).hasToString("dc1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: n         | name: N!                | m: name: \"N!\" given; wanted: small letters",
                "alias: b        | alias: a                | m: target.alias: \"a\" given; wanted: another alias",
                "\"h:1\"         | \"h\"                   | m: source.bootstrap.servers: \"h\" given; wanted: host:port",
                "topics: [t]     | topics: []              | m: topics: nothing given; wanted: at least one topic",
                "topics: [t]     | topics: [\"a b\"]       | m: topics: \"a b\" given; wanted: topic names",
                "topics: [t]     | topics: [\"/(/\"]       | m: topics: \"/(/\" given; wanted: topic names",
                "topics: [t]     | topic: [t]              | m: topic: an unknown key; wanted: one of connect",
                "alias: a        | alias: a, retires: 1    | m: source.retires: an unknown key; wanted: alias, or",
                "topics: [t]     | connect: {url: x}       | m: connect.url: \"x\" given; wanted: http://host:port",
                "topics: [t]     | flow: {tasks: many}     | m: flow.tasks: \"many\" given; wanted: a number",
            })
    void aMistakeIsToldAsKeyGivenWanted(String part, String instead, String message) {
        assertThatThrownBy(() -> MigrationFile.parse("m", SMALL.replace(part, instead)))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatThrownBy(() -> MigrationFile.parse("m", "name: 7 7\nsource: 1\ntarget: {}\n"))
                .message()
                .contains("m: name:", "m: source:", "m: target.alias:", "m: target.bootstrap.servers:", "m: topics:");
    }

    @Test
    void aKeyGivenTwiceIsNotYaml() {
        assertThatThrownBy(() -> MigrationFile.parse("m", SMALL + "name: again\n"))
                .hasMessage("m: not YAML, line 5");
    }

    @Test
    void whatTowpathKeepsForItselfIsNeverMoved() {
        assertThat(new TopicSelection(List.of("/.+/"))
                        .resolve(Set.of("orders", "towpath-shop-journal", "towpath-shop-offsets")))
                .containsExactly("orders");
        assertThatThrownBy(() ->
                        new TopicSelection(List.of("towpath-shop-journal")).resolve(Set.of("towpath-shop-journal")))
                .hasMessageContaining("neither MM2 nor towpath");
    }

    @Test
    void aTopicOnOneClusterOnlyIsRefusedAndNotLeftBehind() {
        TopicSelection selection = new TopicSelection(List.of("/shop\\..+/"));
        assertThat(selection.resolveOnBoth(Set.of("shop.a", "x"), Set.of("shop.a", "y")))
                .containsExactly("shop.a");
        assertThatThrownBy(() -> selection.resolveOnBoth(Set.of("shop.a", "shop.b"), Set.of("shop.a", "shop.new")))
                .hasMessageContaining("shop.b is on the source only, shop.new is on the target only");
    }

    @Test
    void patternsCatchWhatIsThereAndNeverMm2sOwn() {
        TopicSelection selection = new TopicSelection(List.of("orders", "/shop\\..+/", "/.*internal/"));
        assertThat(selection.resolve(Set.of("orders", "shop.a", "shopXb", "mm2-x.internal", "__consumer_offsets")))
                .containsExactly("orders", "shop.a");
        assertThatThrownBy(() -> selection.resolve(Set.of("shop.a")))
                .hasMessage("topics: orders given; wanted: a topic that the source has");
        assertThatThrownBy(() -> new TopicSelection(List.of("/x/")).resolve(Set.of("y")))
                .hasMessageContaining("wanted: at least one topic of the source");
    }
}
