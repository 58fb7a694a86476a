package io.towpath.migration.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectRestTest {

    private static final String REBALANCE =
            "{\"error_code\":409,\"message\":\"Cannot complete request momentarily due to stale configuration\"}";

    private ScriptedWorker worker;
    private ConnectRest rest;

    @BeforeEach
    void start() throws IOException {
        worker = new ScriptedWorker();
        rest = new ConnectRest(worker.uri(), Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    @Test
    void anErrorCarriesTheMessageOfTheRestBody() {
        worker.on("PUT /connectors/a/stop", 500, "{\"error_code\":500,\"message\":\"the leader is gone\"}");
        assertThatThrownBy(() -> rest.stop("a"))
                .isInstanceOf(RestFailure.class)
                .hasMessage("PUT /connectors/a/stop answered 500: the leader is gone");
    }

    @Test
    void aRebalanceIsWaitedOut() {
        worker.on("PUT /connectors/a/resume", 409, REBALANCE).on("PUT /connectors/a/resume", 202, "");
        rest.resume("a");
        assertThat(worker.calls()).hasSize(2);
    }

    @Test
    void aWorkerThatStartsIsWaitedForAndNeverTakenForOneThatLacksTheConnector() {
        worker.on("GET /connectors/a/config", 404, "").on("GET /connectors/a/config", 200, "{\"name\":\"a\"}");
        assertThat(rest.config("a")).contains(Map.of("name", "a"));
        rest = new ConnectRest(worker.uri(), Duration.ofSeconds(3));
        worker.on("GET /connectors/b/config", 404, "{}").on("DELETE /connectors/b", 404, "<html>");
        assertThatThrownBy(() -> rest.config("b"))
                .hasMessageContaining("answered 404, and not in Connect's words; wanted: a Connect worker that has");
        assertThatThrownBy(() -> rest.delete("b")).isInstanceOf(RestFailure.class);
    }

    @Test
    void aRebalanceThatDoesNotEndIsToldInItsWords() {
        rest = new ConnectRest(worker.uri(), Duration.ofSeconds(3));
        worker.on("PUT /connectors/a/resume", 409, REBALANCE);
        assertThatThrownBy(() -> rest.resume("a")).hasMessageContaining("409: Cannot complete request momentarily");
    }

    @Test
    void anExistingConnectorIsAnAnswerAndNotWaitedFor() {
        worker.on("POST /connectors", 409, "{\"error_code\":409,\"message\":\"Connector a already exists\"}");
        assertThatThrownBy(() -> rest.create("a", Map.of("connector.class", "X"), InitialState.STOPPED))
                .hasMessage("POST /connectors answered 409: Connector a already exists");
        assertThat(worker.calls())
                .containsExactly(
                        "POST /connectors {\"name\":\"a\",\"config\":{\"connector.class\":\"X\"},\"initial_state\":\"STOPPED\"}");
    }

    @Test
    void anAbsentConnectorIsEmptyAndItsDeletionIsDone() {
        assertThat(rest.status("none")).isEmpty();
        assertThat(rest.config("none")).isEmpty();
        rest.delete("none");
    }

    @Test
    void aWorkerThatIsNotThereIsNamed() {
        worker.close();
        assertThatThrownBy(() -> rest.connectors()).hasMessageStartingWith("no answer from the worker at http://");
    }

    @Test
    void namesAreEscapedInThePath() {
        worker.on("GET /connectors/a%2Fb%20c/config", 200, "{\"k\":\"v\"}");
        assertThat(rest.config("a/b c")).contains(Map.of("k", "v"));
    }

    @Test
    void mistakesComeWithTheirKey() {
        worker.on(
                "PUT /connector-plugins/MirrorSourceConnector/config/validate",
                200,
                "{\"configs\":[{\"value\":{\"name\":\"topics\",\"errors\":[\"must be named\"]}},"
                        + "{\"value\":{\"name\":\"tasks.max\",\"errors\":[]}}]}");
        assertThat(rest.validate(Map.of("connector.class", "org.apache.kafka.connect.mirror.MirrorSourceConnector")))
                .containsExactly(new ConfigProblem("topics", "must be named"));
        assertThat(rest.validate(Map.of())).extracting(ConfigProblem::key).containsExactly("connector.class");
    }

    @Test
    void aConnectorRunsOnceAllItsTasksDo() {
        worker.on("GET /connectors/a/status", 404, "{\"error_code\":404,\"message\":\"No status found\"}")
                .on("GET /connectors/a/status", 200, status("RUNNING", ""))
                .on("GET /connectors/a/status", 200, status("RUNNING", task("UNASSIGNED", "")))
                .on("GET /connectors/a/status", 200, status("RUNNING", task("RUNNING", "")));
        assertThat(rest.awaitRunning("a", Duration.ofSeconds(10)).summary()).isEqualTo("RUNNING, 1 of 1 tasks running");
    }

    @Test
    void aFailedTaskEndsTheWaitWithTheFirstLineOfItsTrace() {
        worker.on("GET /connectors/a/status", 200, status("RUNNING", task("FAILED", "Exception: no\\n\\tat x")));
        assertThatThrownBy(() -> rest.awaitRunning("a", Duration.ofSeconds(10)))
                .hasMessageStartingWith("connector a failed: Exception: no; the worker's log says more");
    }

    @Test
    void aConnectorThatDoesNotRunInTimeIsAFailureThatSaysWhatToDo() {
        worker.on("GET /connectors/a/status", 200, status("STOPPED", ""));
        assertThatThrownBy(() -> rest.awaitRunning("a", Duration.ZERO))
                .isInstanceOf(RestFailure.class)
                .hasMessage(
                        "connector a does not run after 0 s: STOPPED, 0 of 0 tasks running; somebody holds it there:"
                                + " resume it (PUT /connectors/a/resume)");
    }

    @Test
    void aReplacedConnectorIsResumedAlsoWhenItsConfigurationIsRefused() {
        worker.on("PUT /connectors/a/stop", 204, "")
                .on("PUT /connectors/a/config", 400, "{\"message\":\"no\"}")
                .on("PUT /connectors/a/resume", 202, "");
        assertThatThrownBy(() -> rest.replace("a", Map.of(), Duration.ZERO)).hasMessageContaining("400: no");
        assertThat(worker.calls()).last().isEqualTo("PUT /connectors/a/resume");
    }

    @Test
    void offsetsAreReadAndWrittenAsTheApiShapesThem() {
        String entry = "{\"partition\":{\"cluster\":\"a\",\"partition\":0,\"topic\":\"t\"},\"offset\":{\"offset\":41}}";
        worker.on("GET /connectors/m/offsets", 200, "{\"offsets\":[" + entry + ",{\"partition\":{},\"offset\":null}]}");
        worker.on("PATCH /connectors/m/offsets", 200, "{\"message\":\"ok\"}");
        List<SourceOffset> offsets = rest.offsets("m");
        assertThat(offsets)
                .containsExactly(
                        new SourceOffset(Map.of("cluster", "a", "topic", "t", "partition", 0), Map.of("offset", 41)));
        rest.alterOffsets("m", offsets);
        assertThat(worker.calls().get(1)).startsWith("PATCH /connectors/m/offsets {\"offsets\":[{\"partition\":{");
    }

    private static String status(String state, String task) {
        return "{\"name\":\"a\",\"connector\":{\"state\":\"" + state + "\",\"worker_id\":\"w\"},\"tasks\":[" + task
                + "]}";
    }

    private static String task(String state, String trace) {
        return "{\"id\":0,\"state\":\"" + state + "\",\"worker_id\":\"w\",\"trace\":\"" + trace + "\"}";
    }
}
