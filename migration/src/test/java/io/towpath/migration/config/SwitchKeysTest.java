package io.towpath.migration.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Switching.Force;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SwitchKeysTest {

    private static final String REST = """
            name: shop
            source: {alias: dc1, bootstrap.servers: "one:9092"}
            target: {alias: dc2, bootstrap.servers: "two:9092"}
            topics: [orders]
            """;

    @Test
    void nothingGivenIsEvidenceLongerThanKafkasOwnDeliveryTimeout() {
        assertThat(MigrationFile.parse("f", REST).switching()).satisfies(switching -> {
            assertThat(switching.freezing()).isEqualTo(Switching.DEFAULTS.freezing());
            assertThat(switching.freezing().quiet()).isEqualTo(Duration.ofSeconds(121));
            assertThat(switching.coverage()).isEqualTo(100);
        });
    }

    @Test
    void everyKeyHasItsPlace() {
        Switching given = MigrationFile.parse("f", REST + """
                switch:
                  freeze: acl
                  principals: ["User:shop"]
                  clients: [shop]
                  delivery.timeout: 2m
                  quiet: 500ms
                  accept: [no-producer-list, "timestamp-only orders-3, source 7..8, target 9..10 (2 records)"]
                  coverage: 99.5
                  connectors:
                    source: "http://c1:8083"
                    target: "http://c2:8083"
                    move: [warehouse]
                    set: {target: {warehouse.source.cluster: dc2}}
                  hooks: {before-freeze: "./stop.sh", limit: 30s}
                """).switching();
        assertThat(given.freezing())
                .isEqualTo(new Switching.Freezing(
                        Force.ACL,
                        List.of("User:shop"),
                        List.of("shop"),
                        Duration.ofMinutes(2),
                        Duration.ofMillis(500)));
        assertThat(given.accepted()).hasSize(2).contains("no-producer-list");
        assertThat(given.acceptedPlaces()).containsExactly("orders-3, source 7..8, target 9..10 (2 records)");
        assertThat(given.coverage()).isEqualTo(99.5);
        assertThat(given.applications().names()).containsExactly("warehouse");
        assertThat(given.applications().set().get("target")).isEqualTo(Map.of("warehouse.source.cluster", "dc2"));
        assertThat(given.hooks().commands()).isEqualTo(Map.of("before-freeze", "./stop.sh"));
        assertThat(given.hooks().limit()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whatWouldStopTheFlowOrProveNothingIsRefused() {
        assertThatThrownBy(() -> MigrationFile.parse("f", REST + """
                switch: {freeze: acl, principals: ["User:*"], accept: [everything], hooks: {sometime: ls}}
                """))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("switch.principals: \"User:*\" given; wanted: User:name")
                .hasMessageContaining("switch.accept: \"everything\" given; wanted: one of config-drift, expired-group")
                .hasMessageContaining("switch.hooks.sometime: an unknown key");
        assertThatThrownBy(() -> MigrationFile.parse("f", REST + "switch: {delivery.timeout: 10s, quiet: 10s}\n"))
                .hasMessageContaining("switch.quiet: 10000 ms given; wanted: more than delivery.timeout (10000 ms)");
    }
}
