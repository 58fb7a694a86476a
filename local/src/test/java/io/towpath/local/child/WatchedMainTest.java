package io.towpath.local.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchedMainTest {

    /** A server that never ends by itself. */
    public static final class Endless {

        private Endless() {}

        public static void main(String[] args) throws InterruptedException {
            System.out.println("up " + String.join(" ", args));
            new CountDownLatch(1).await();
        }
    }

    @Test
    void aServerEndsWithTheOtherEndOfItsInput() throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WatchedMain.class.getName(),
                        Endless.class.getName(),
                        "and",
                        "running")
                .start();
        assertThat(server.inputReader().readLine()).isEqualTo("up and running");
        assertThat(server.isAlive()).isTrue();

        server.getOutputStream().close();

        assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(143);
    }
}
