package io.towpath.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.demo.launcher.Checkout.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher: what it refuses, what it builds and when, and that it becomes the JVM. */
class LauncherTest {

    @TempDir
    private Path directory;

    private Checkout checkout;

    @BeforeEach
    void aFreshClone() {
        checkout = new Checkout(directory);
    }

    @Test
    void aFreshCloneIsBuiltAndThenRun() {
        Ran ran = checkout.run("demo", "--seconds", "5");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.said())
                .hasSize(3)
                .satisfies(said -> assertThat(said.get(0)).startsWith("towpath: building"))
                .satisfies(said -> assertThat(said.get(1)).isEqualTo("towpath:   Towpath demo 0.1.0 [10/11]"))
                .satisfies(said -> assertThat(said.get(2))
                        .startsWith("java -Dtowpath.home=" + real(checkout.root()))
                        .endsWith(" io.towpath.demo.cli.Main demo --seconds 5"));
    }

    @Test
    void aBenchmarkRunsOnItsOwnClassPath() {
        assertThat(checkout.run("bench", "transforms").said())
                .last()
                .asString()
                .contains("/bench/target/towpath-bench.jar:")
                .endsWith(" io.towpath.bench.Bench transforms");
    }

    @Test
    void whatIsBuiltIsNotBuiltAgain() {
        checkout.run("demo");
        assertThat(checkout.run("demo").said()).hasSize(1);
        assertThat(checkout.builds()).containsExactly("begin", "end");
    }

    @Test
    void anEditedSourceOrPomIsBuilt() {
        for (String file : List.of("demo/src/main/java/A.java", "demo/src/main/resources/a.txt", "jdbc/pom.xml")) {
            checkout.run("demo");
            int before = checkout.builds().size();
            checkout.edit(file);
            checkout.run("demo");
            assertThat(checkout.builds()).as("after an edit of %s", file).hasSizeGreaterThan(before);
        }
    }

    @Test
    void anEditedTestIsNotWorthABuild() {
        checkout.edit("demo/src/test/java/ATest.java");
        checkout.run("demo");
        checkout.edit("demo/src/test/java/ATest.java");
        checkout.run("demo");
        assertThat(checkout.builds()).containsExactly("begin", "end");
    }

    @Test
    void whatAnotherBuildDeletedIsBuiltAgain() {
        checkout.run("demo");
        checkout.delete(checkout.root().resolve("demo/target/towpath-demo.jar"));
        checkout.run("demo");
        assertThat(checkout.builds()).containsExactly("begin", "end", "begin", "end");
    }

    @Test
    void aRunningStackIsEndedWithTheJarsItWasStartedWith() {
        checkout.run("demo");
        checkout.edit("demo/src/main/java/A.java");
        assertThat(checkout.run("down").said()).hasSize(1);
    }

    @Test
    void aRunningStackKeepsThePluginsThatItWasStartedWith() throws Exception {
        checkout.run("demo");
        checkout.edit("demo/src/main/java/A.java");
        Path pid = checkout.root().resolve(".towpath/stack/pid");
        Files.createDirectories(pid.getParent());
        Files.writeString(pid, ProcessHandle.current().pid() + " 0\n");
        assertThat(checkout.run("verify", "-f", "migration.yaml").said())
                .hasSize(2)
                .first()
                .asString()
                .contains("a stack is up");
        assertThat(checkout.builds()).containsExactly("begin", "end");
    }

    @Test
    void twoLaunchersDoNotBuildOverEachOther() {
        Path launcher = checkout.root().resolve("towpath");
        Process one = checkout.start(launcher, checkout.root(), "up");
        Process other = checkout.start(launcher, checkout.root(), "up");
        assertThat(List.of(checkout.end(one).exitCode(), checkout.end(other).exitCode()))
                .containsOnly(0);
        assertThat(checkout.builds()).containsExactly("begin", "end");
    }

    @Test
    void aFailedBuildIsToldInOneLineAndLeavesNoStamp() {
        checkout.tool("mvn", "echo '[ERROR] COMPILATION ERROR :'; echo '[ERROR] A.java:[1,1] no such class'; exit 1");
        Ran ran = checkout.run("demo");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.said().get(1)).contains("the build failed", ".towpath/build.log", "A.java:[1,1] no such class");
        assertThat(checkout.root().resolve(".towpath/built")).doesNotExist();
    }

    @Test
    void anInterruptedBuildLeavesNoStamp() {
        checkout.tool("mvn", "kill -INT 0");
        assertThat(checkout.run("demo").exitCode()).isNotZero();
        assertThat(checkout.root().resolve(".towpath/built")).doesNotExist();
        assertThat(checkout.root().resolve(".towpath/begun")).doesNotExist();
    }

    @Test
    void itWorksFromAnyFolderAndThroughALink() {
        Path link = directory.resolve("bin-towpath");
        Checkout.link(link, Path.of("checkout/towpath"));
        assertThat(checkout.run(link, directory, "logs").said())
                .last()
                .asString()
                .startsWith("java -Dtowpath.home=" + real(checkout.root()));
    }

    @Test
    void aMissingJdkIsOneLine() {
        checkout.without("java");
        assertRefused("there is no java");
    }

    @Test
    void anOldJdkIsOneLine() {
        checkout.java("11.0.22");
        assertRefused("JDK 17 or newer is needed, java is version 11");
        checkout.java("1.8.0_392");
        assertRefused("JDK 17 or newer is needed, java is version 8");
    }

    @Test
    void aMereRuntimeIsOneLine() {
        checkout.without("javac");
        assertRefused("there is no javac");
    }

    @Test
    void anOldCompilerIsOneLine() {
        checkout.tool("javac", "echo javac 1.8.0_392");
        assertThat(checkout.run("demo").said()).last().asString().contains("javac is version 8");
    }

    @Test
    void aMissingMavenIsOneLine() {
        checkout.without("mvn");
        assertRefused("there is no mvn");
    }

    @Test
    void aTrialRunsTheTestsOfItsNameAndEndsWithTheFigures() {
        checkout.tool("mvn", "echo \"mvn $*\"; echo 'figure kills: 10'; echo '[INFO] Tests run: 3, Failures: 0'");
        Ran ran = checkout.run("trial", "jdbc-sink", "--rounds", "10", "--seed", "7");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.said().get(0))
                .contains("-pl connectors/jdbc", "-Dgroups=trial-jdbc-sink", "-Dtowpath.rounds=10 -Dtowpath.seed=7");
        assertThat(ran.said()).endsWith("figure kills: 10", "towpath: trial jdbc-sink: PASS");
    }

    @Test
    void aTrialThatFailedOrTestedNothingIsNoPass() {
        checkout.tool("mvn", "echo 'figure kills: 10'; echo '[INFO] Tests run: 3, Failures: 1'; exit 1");
        Ran failed = checkout.run("trial", "proof");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.said()).last().asString().contains("trial proof: FAIL", ".towpath/trial.log");
        checkout.tool("mvn", "echo '[INFO] BUILD SUCCESS'");
        Ran empty = checkout.run("trial", "proof");
        assertThat(empty.exitCode()).isEqualTo(1);
        assertThat(empty.said()).last().asString().contains("no test ran");
    }

    @Test
    void aMisspeltTrialIsRefused() {
        for (String wrong : List.of("jdbc", "proof --round 3", "proof --rounds many", "proof --seed")) {
            Ran ran = checkout.run(("trial " + wrong).split(" ", -1));
            assertThat(ran.exitCode()).as(wrong).isEqualTo(1);
            assertThat(ran.said()).as(wrong).hasSize(1);
        }
    }

    private void assertRefused(String reason) {
        Ran ran = checkout.run("demo");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.said())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("towpath: ")
                .contains(reason);
        assertThat(checkout.builds()).isEmpty();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
