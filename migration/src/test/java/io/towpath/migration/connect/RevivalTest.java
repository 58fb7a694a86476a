package io.towpath.migration.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RevivalTest {

    private static final String FAILED = status("FAILED");
    private static final String RUNNING = status("RUNNING");

    @Test
    void whatHasFailedIsRestartedUntilItRuns() throws IOException {
        try (ScriptedWorker worker = new ScriptedWorker()) {
            worker.on("GET /connectors/m/status", 200, FAILED).on("GET /connectors/m/status", 200, RUNNING);
            worker.on("POST /connectors/m/restart?includeTasks=true&onlyFailed=true", 202, "");
            ConnectorStatus status = new Revival(new ConnectRest(worker.uri()), Duration.ofSeconds(20)).of("m");
            assertThat(status.running()).isTrue();
            assertThat(worker.calls())
                    .containsExactly(
                            "GET /connectors/m/status",
                            "POST /connectors/m/restart?includeTasks=true&onlyFailed=true",
                            "GET /connectors/m/status");
        }
    }

    @Test
    void anAbsentConnectorIsBadInput() throws IOException {
        try (ScriptedWorker worker = new ScriptedWorker()) {
            assertThatThrownBy(() -> new Revival(new ConnectRest(worker.uri()), Duration.ZERO).of("none"))
                    .hasMessage("none given; wanted: a connector that the worker has");
        }
    }

    @Test
    void aDifferenceIsShownByKeyWithoutSecrets() {
        assertThat(ConfigDifference.between(
                        Map.of("a", "1", "b", "2", "sasl.jaas.config", "one"),
                        Map.of("b", "3", "c", "4", "sasl.jaas.config", "two")))
                .containsExactly("- a=1", "~ b: 2 -> 3", "+ c=4", "~ sasl.jaas.config: (hidden) -> (hidden)");
    }

    private static String status(String task) {
        return "{\"name\":\"m\",\"connector\":{\"state\":\"RUNNING\",\"worker_id\":\"w\"},"
                + "\"tasks\":[{\"id\":0,\"state\":\"" + task + "\",\"worker_id\":\"w\",\"trace\":\"x\"}]}";
    }
}
