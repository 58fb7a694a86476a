package io.towpath.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No server outlives its supervisor, however that one ends. */
class SupervisorIT {

    @TempDir
    Path directory;

    private Process last;

    /** A JVM inherits that SIGINT is ignored, as below a shell's {@code &}; it then never ends, nor does the build. */
    @AfterEach
    void endTheSupervisor() {
        last.destroyForcibly();
    }

    @Test
    void aSupervisorThatIsKilledTakesEveryServerWithItEvenAPausedOne() throws Exception {
        Process supervisor = supervise("paused");
        List<ProcessHandle> children = children(supervisor);

        supervisor.destroyForcibly();

        assertAllGone(children);
    }

    @Test
    void ctrlCStopsTheServersInGoodOrder() throws Exception {
        Process supervisor = supervise("running");
        List<ProcessHandle> children = children(supervisor);

        // The whole process group, as a terminal does.
        assertThat(new ProcessBuilder("sh", "-c", "kill -INT -" + supervisor.pid())
                        .start()
                        .waitFor())
                .isZero();

        assertAllGone(children);
        assertThat(directory.resolve("logs/pg.log")).content().contains("database system is shut down");
        assertThat(directory.resolve("logs/dc1-1.log")).content().contains("shut down completed");
        assertThat(directory.resolve("logs/worker.log")).content().contains("Kafka Connect stopped");
    }

    /** A JVM in a process group of its own, and its servers up. */
    private Process supervise(String how) throws Exception {
        last = new ProcessBuilder(
                        "setsid",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dtowpath.home=" + System.getProperty("towpath.home"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Supervisor.class.getName(),
                        directory.toString(),
                        how)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return last;
    }

    /** Every process below the supervisor, once it says that its servers are up. */
    private static List<ProcessHandle> children(Process supervisor) throws Exception {
        BufferedReader out = supervisor.inputReader();
        String pids = out.readLine();
        assertThat(pids).as("what the supervisor said").isNotNull();
        List<ProcessHandle> children = supervisor.descendants().toList();
        List<Long> servers = Arrays.stream(pids.split(" ")).map(Long::valueOf).toList();
        assertThat(children).extracting(ProcessHandle::pid).containsAll(servers);
        assertThat(children)
                .as("servers, PostgreSQL's own processes, the reaper")
                .hasSizeGreaterThan(servers.size() + 2);
        return children;
    }

    private static void assertAllGone(List<ProcessHandle> children) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    }
}
