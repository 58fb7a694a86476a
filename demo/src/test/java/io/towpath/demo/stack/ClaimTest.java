package io.towpath.demo.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.migration.BadInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who keeps the stack of a folder, told by real processes. */
class ClaimTest {

    @TempDir
    private Path directory;

    private final List<Process> holders = new ArrayList<>();

    @AfterEach
    void endHolders() {
        holders.forEach(Process::destroyForcibly);
    }

    @Test
    void aSecondProcessIsRefusedAndToldWhoIsFirst() throws IOException {
        Process holder = holder();
        assertOneHolder(holder);
        assertThatThrownBy(() -> Claim.take(place()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("a stack is already up, kept by process " + holder.pid());
        assertThatThrownBy(() -> PidFile.refuseIfHeld(place())).isInstanceOf(BadInput.class);
    }

    @Test
    void aKilledProcessHoldsNothing() throws Exception {
        Process holder = holder();
        holder.destroyForcibly().waitFor();
        assertThat(PidFile.holder(place())).isEmpty();
        assertOneHolder(holder());
    }

    @Test
    void anEndedProcessHoldsNothing() throws Exception {
        Process holder = holder();
        holder.getOutputStream().close();
        holder.waitFor();
        assertThat(PidFile.holder(place())).isEmpty();
    }

    @Test
    void aFileThatNamesAnotherProcessEndsNobody() throws IOException {
        holder();
        long innocent = ProcessHandle.current().pid();
        Files.writeString(place().pidFile(), innocent + " 1\n");
        assertThatThrownBy(() -> PidFile.holder(place()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("process " + innocent + " is not the one that wrote it");
    }

    @Test
    void whatTheLastStackOfferedIsForgottenByTheNext() throws IOException {
        new StackFile(1, 0, List.of(), List.of()).write(place());
        holder();
        assertThat(StackFile.read(place())).isEmpty();
    }

    @Test
    void whereNobodyEverWasThereIsNoHolder() {
        assertThat(PidFile.holder(place())).isEmpty();
    }

    private void assertOneHolder(Process holder) {
        assertThat(PidFile.holder(place())).map(ProcessHandle::pid).contains(holder.pid());
    }

    private Process holder() throws IOException {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClaimHolder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        holders.add(holder);
        BufferedReader said = holder.inputReader();
        assertThat(said.readLine()).isEqualTo("held");
        return holder;
    }

    private Place place() {
        return new Place(directory);
    }
}
