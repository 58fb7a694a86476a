package io.towpath.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.connect.ScriptedWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit 0 of apply: the connector runs with this configuration, or rests as somebody wants it. */
class ConnectCommandTest {

    private static final String STATUS = "GET /connectors/c/status";

    private ScriptedWorker worker;
    private Path file;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        file = Files.writeString(
                folder.resolve("c.json"), "{\"name\":\"c\",\"config\":{\"connector.class\":\"X\",\"k\":\"new\"}}");
        worker = new ScriptedWorker().on("PUT /connector-plugins/X/config/validate", 200, "{\"configs\":[]}");
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    @Test
    void aFailedConnectorIsNoSuccess() {
        has("new").on(STATUS, 200, status("FAILED", ""));
        CommandRun run = apply();
        assertThat(run.exit()).isEqualTo(Exit.STOPPED);
        assertThat(run.err()).contains("connector c failed: why", "towpath connect restart c");
    }

    @Test
    void aConnectorThatNeverRunsIsNoSuccess() {
        has("new").on(STATUS, 200, status("RUNNING", ""));
        CommandRun run = apply();
        assertThat(run.exit()).isEqualTo(Exit.STOPPED);
        assertThat(run.err()).contains("connector c does not run after 1 s: RUNNING, 0 of 0 tasks running");
    }

    @Test
    void aConnectorThatSomebodyStoppedStaysSoAndThatIsSaid() {
        has("new").on(STATUS, 200, status("STOPPED", ""));
        CommandRun run = apply();
        assertThat(run.exit()).isEqualTo(Exit.DONE);
        assertThat(run.lastLine()).isEqualTo("c: unchanged, stays STOPPED until somebody resumes it");
    }

    @Test
    void theOldRunningIsNotTakenForTheNewOne() {
        String task = "{\"id\":0,\"state\":\"RUNNING\",\"worker_id\":\"w\"}";
        has("old")
                .on(STATUS, 200, status("RUNNING", task))
                .on(STATUS, 200, status("RUNNING", task))
                .on(STATUS, 200, status("STOPPED", ""))
                .on(STATUS, 200, status("STOPPED", ""))
                .on(STATUS, 200, status("FAILED", ""))
                .on("PUT /connectors/c/stop", 204, "")
                .on("PUT /connectors/c/config", 200, "{}")
                .on("PUT /connectors/c/resume", 202, "");
        CommandRun run =
                CommandRun.of("connect", "--url", worker.uri().toString(), "--timeout", "20", "apply", file.toString());
        assertThat(run.exit()).as(run.out()).isEqualTo(Exit.STOPPED);
        assertThat(run.err()).contains("connector c failed: why");
    }

    @Test
    void whatIsPrintedOfOffsetsIsWhatSetTakesBack(@TempDir Path folder) throws IOException {
        String offsets = "{\"offsets\":[{\"partition\":{\"database\":\"shop\"},\"offset\":{\"lsn\":42}}]}";
        worker.on("GET /connectors/c/offsets", 200, offsets)
                .on(STATUS, 200, status("STOPPED", ""))
                .on("PATCH /connectors/c/offsets", 200, "{}");
        CommandRun printed = connect("offsets", "c");
        Path kept = Files.writeString(folder.resolve("kept.json"), printed.out());
        CommandRun set = connect("offsets", "c", "--set", kept.toString());
        assertThat(set.exit()).as(set.err()).isEqualTo(Exit.DONE);
        assertThat(worker.calls()).contains("PATCH /connectors/c/offsets " + offsets);
    }

    @Test
    void aNullForgetsOnePartitionAndNoOther(@TempDir Path folder) throws IOException {
        String change = "{\"offsets\":[{\"partition\":{\"database\":\"shop\"},\"offset\":null}]}";
        worker.on(STATUS, 200, status("STOPPED", "")).on("PATCH /connectors/c/offsets", 200, "{}");
        Path forget = Files.writeString(folder.resolve("forget.json"), change);
        CommandRun set = connect("offsets", "c", "--set", forget.toString());
        assertThat(set.exit()).as(set.err()).isEqualTo(Exit.DONE);
        assertThat(worker.calls()).contains("PATCH /connectors/c/offsets " + change);
    }

    @Test
    void anEntryThatSaysNothingOfItsOffsetIsNotPassedOver(@TempDir Path folder) throws IOException {
        worker.on(STATUS, 200, status("STOPPED", ""));
        Path half = Files.writeString(
                folder.resolve("half.json"),
                "{\"offsets\":[{\"partition\":{\"database\":\"shop\"},\"offset\":{\"lsn\":42}},"
                        + "{\"partition\":{\"database\":\"crm\"}}]}");
        CommandRun set = connect("offsets", "c", "--set", half.toString());
        assertThat(set.exit()).isEqualTo(Exit.BAD_INPUT);
        assertThat(set.err()).contains("entry 1 of offsets; wanted: ");
        assertThat(worker.calls()).noneMatch(call -> call.startsWith("PATCH"));
    }

    @Test
    void offsetsOfARunningConnectorAreNotTouched() {
        worker.on(STATUS, 200, status("RUNNING", ""));
        CommandRun run = connect("offsets", "c", "--reset");
        assertThat(run.exit()).isEqualTo(Exit.BAD_INPUT);
        assertThat(run.err()).contains("wanted: STOPPED; towpath connect stop c");
        assertThat(worker.calls()).noneMatch(call -> call.startsWith("DELETE"));
    }

    @Test
    void aFileWithoutOffsetsIsRefusedAndNothingIsSaidOfItsContent() {
        worker.on(STATUS, 200, status("STOPPED", ""));
        CommandRun run = connect("offsets", "c", "--set", file.toString());
        assertThat(run.exit()).isEqualTo(Exit.BAD_INPUT);
        assertThat(run.err()).contains("no offsets given").doesNotContain("new");
    }

    @Test
    void stopReturnsWhenNoTaskIsLeft() {
        worker.on("PUT /connectors/c/stop", 204, "").on(STATUS, 200, status("STOPPED", ""));
        CommandRun run = connect("stop", "c");
        assertThat(run.exit()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.lastLine()).isEqualTo("c: STOPPED");
    }

    @Test
    void oneChangeIsNotChanges() {
        assertThat(PlanCommand.count(1, "change")).isEqualTo("1 change");
        assertThat(PlanCommand.count(0, "change")).isEqualTo("0 changes");
    }

    private ScriptedWorker has(String value) {
        return worker.on(
                "GET /connectors/c/config", 200, "{\"name\":\"c\",\"connector.class\":\"X\",\"k\":\"" + value + "\"}");
    }

    private CommandRun apply() {
        return connect("apply", file.toString());
    }

    private CommandRun connect(String... verb) {
        List<String> command =
                new ArrayList<>(List.of("connect", "--url", worker.uri().toString(), "--timeout", "1"));
        command.addAll(List.of(verb));
        return CommandRun.of(command.toArray(String[]::new));
    }

    private static String status(String state, String task) {
        return "{\"name\":\"c\",\"connector\":{\"state\":\"" + state
                + "\",\"worker_id\":\"w\",\"trace\":\"why\"},\"tasks\":[" + task + "]}";
    }
}
