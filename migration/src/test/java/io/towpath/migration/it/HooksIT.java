package io.towpath.migration.it;

import static io.towpath.migration.it.SwitchIT.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The team's own commands: when they run, what they are told, and what happens when one fails or hangs. */
class HooksIT {

    private static TwoClusters clusters;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        clusters = TwoClusters.shared();
    }

    /** A hook that writes down its moment and where it was told to go. */
    private String noting() throws IOException {
        return noting("");
    }

    private String noting(String then) throws IOException {
        String script = "echo \"$TOWPATH_MOMENT $TOWPATH_MIGRATION $TOWPATH_FROM_ALIAS $TOWPATH_FROM_BOOTSTRAP_SERVERS"
                + " $TOWPATH_TO_ALIAS $TOWPATH_TO_BOOTSTRAP_SERVERS\" >> " + said() + "\n" + then + "\n";
        return "/bin/sh " + Files.writeString(Files.createTempFile(folder, "hook", ".sh"), script);
    }

    private Path said() {
        return folder.resolve("said");
    }

    private List<String> moments() throws IOException {
        return Files.exists(said())
                ? Files.readAllLines(said()).stream()
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .toList()
                : List.of();
    }

    private String file(String name, Map<String, String> hooks) {
        return file(name, hooks, "60s");
    }

    private String file(String name, Map<String, String> hooks, String limit) {
        StringBuilder all = new StringBuilder();
        hooks.forEach((moment, command) ->
                all.append(moment).append(": \"").append(command).append("\", "));
        String more = "switch: {delivery.timeout: 500ms, quiet: 700ms, hooks: {" + all + "limit: " + limit + "}}\n";
        return clusters.migrationWith(more, name, List.of(name));
    }

    private Traffic mirrored(String name, String file) throws Exception {
        try (Writer writer = new Writer(clusters.dc1.bootstrapServers())) {
            writer.topic(name, 1, Map.of());
        }
        Traffic traffic = new Traffic(name, 1, 3);
        traffic.write(clusters.dc1.bootstrapServers(), 40);
        assertDone(CommandRun.of("plan", "-f", file, "--apply"));
        assertDone(CommandRun.of("mirror", "-f", file));
        return traffic;
    }

    @Test
    void eachRunsAtItsMomentAndIsToldWhereTheSwitchGoes() throws Exception {
        String hook = noting();
        String file = file(
                "hooked",
                Map.of(
                        "before-freeze", hook,
                        "after-freeze", hook,
                        "before-release", hook,
                        "after-release", hook,
                        "after-undo", hook));
        Traffic traffic = mirrored("hooked", file);
        assertDone(CommandRun.of("cutover", "-f", file));
        traffic.write(clusters.dc2.bootstrapServers(), 20);
        assertDone(CommandRun.of("rollback", "-f", file));
        List<String> four = List.of("before-freeze", "after-freeze", "before-release", "after-release");
        assertThat(moments()).startsWith(four.toArray(String[]::new)).hasSize(8).endsWith(four.toArray(String[]::new));
        assertThat(Files.readAllLines(said()).get(0))
                .isEqualTo("before-freeze hooked dc1 " + clusters.dc1.bootstrapServers() + " dc2 "
                        + clusters.dc2.bootstrapServers());
        assertThat(Files.readAllLines(said()).get(4)).startsWith("before-freeze hooked dc2 ");
        traffic.assertOnBothExactlyOnce(clusters.dc1.bootstrapServers(), clusters.dc2.bootstrapServers());
    }

    @Test
    void oneThatFailsBeforeTheReleaseUndoesEverythingAndTheWritersAreLetGoOn() throws Exception {
        String file = file("hook-fails", Map.of("before-release", "exit 3", "after-undo", noting()));
        Traffic traffic = mirrored("hook-fails", file);
        CommandRun refused = CommandRun.of("cutover", "-f", file);
        assertThat(refused.exit()).isEqualTo(Exit.DIFFER);
        assertThat(refused.err()).contains("hook before-release ended with 3: exit 3 (all is undone)");
        assertThat(moments()).containsExactly("after-undo");
        traffic.write(clusters.dc1.bootstrapServers(), 20);
        CommandRun verified = CommandRun.of("verify", "-f", file);
        assertThat(verified.lastLine()).startsWith("verify: Match of 100 %");
        assertThat(CommandRun.of("status", "-f", file).lastLine()).startsWith("next: towpath cutover");
    }

    @Test
    void oneThatHangsIsEndedAtItsLimit() throws Exception {
        String file = file("hook-hangs", Map.of("before-freeze", "sleep 600"), "2s");
        Traffic traffic = mirrored("hook-hangs", file);
        CommandRun refused = CommandRun.of("cutover", "-f", file);
        assertThat(refused.exit()).isEqualTo(Exit.DIFFER);
        assertThat(refused.err()).contains("hook before-freeze did not end within 2 s (switch.hooks.limit)");
        assertThat(ProcessHandle.current().descendants().map(ProcessHandle::info))
                .noneMatch(info -> info.commandLine().orElse("").contains("sleep 600"));
        assertThat(traffic.acknowledged()).isPositive();
    }

    @Test
    void oneThatFailsAfterTheReleaseLeavesOneWayAndStatusNamesIt() throws Exception {
        Path mended = folder.resolve("mended");
        String file = file("hook-late", Map.of("after-release", noting("test -e " + mended)));
        Traffic traffic = mirrored("hook-late", file);
        CommandRun half = CommandRun.of("cutover", "-f", file);
        assertThat(half.exit()).isEqualTo(Exit.STOPPED);
        assertThat(half.err())
                .contains("hook after-release ended with 1")
                .contains("it has let the writers in and can only go on: mend that, and run it again");
        traffic.write(clusters.dc2.bootstrapServers(), 20);
        CommandRun status = CommandRun.of("status", "-f", file);
        assertDone(status);
        assertThat(status.lastLine())
                .isEqualTo("next: towpath cutover -f " + file + " goes on; there is no undo any more");
        assertThat(CommandRun.of("cutover", "-f", file, "--undo").exit()).isEqualTo(Exit.DIFFER);

        Files.createFile(mended);
        assertDone(CommandRun.of("cutover", "-f", file));
        assertThat(moments()).containsExactly("after-release", "after-release");
        assertDone(CommandRun.of("rollback", "-f", file));
        traffic.assertOnBothExactlyOnce(clusters.dc1.bootstrapServers(), clusters.dc2.bootstrapServers());
    }
}
