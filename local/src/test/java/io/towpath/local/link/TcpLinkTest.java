package io.towpath.local.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpLinkTest {

    private Echo server;
    private TcpLink link;

    @BeforeEach
    void start() throws IOException {
        server = new Echo();
        link = TcpLink.to(server.port());
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        server.close();
    }

    @Test
    void everyByteArrivesInOrderAndTheEndOfTheStreamToo() throws Exception {
        byte[] sent = new byte[3_000_000];
        new Random(7).nextBytes(sent);
        try (Socket client = client()) {
            Connection.inBackground("sender", () -> send(client, sent));
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
        }
    }

    @Test
    void aCutResetsBothSidesAndTheNextConnectionIsWelcome() throws Exception {
        try (Socket client = client()) {
            assertThat(ask(client, "one")).isEqualTo("one");
            link.cut();
            assertReset(client);
        }
        awaitThatServerGot("<reset>");
        try (Socket client = client()) {
            assertThat(ask(client, "two")).isEqualTo("two");
        }
    }

    @Test
    void aLinkThatIsDownResetsEveryConnectionUntilItIsMended() throws Exception {
        link.down();
        try (Socket client = client()) {
            assertReset(client);
        }
        link.mend();
        try (Socket client = client()) {
            assertThat(ask(client, "back")).isEqualTo("back");
        }
    }

    @Test
    void aServerThatIsDownLooksDownThroughTheLinkToo() throws Exception {
        int nobody;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = gone.getLocalPort();
        }
        try (TcpLink toNobody = TcpLink.to(nobody);
                Socket client = client(toNobody)) {
            assertReset(client);
        }
    }

    @Test
    void heldAnswersComeWhenTheyAreReleased() throws Exception {
        link.answers().hold();
        try (Socket client = client()) {
            write(client, "commit");
            awaitThatServerGot("commit");
            client.setSoTimeout(200);
            assertThatThrownBy(() -> read(client, 6)).isInstanceOf(SocketTimeoutException.class);
            client.setSoTimeout(20_000);
            link.answers().release();
            assertThat(read(client, 6)).isEqualTo("commit");
        }
    }

    @Test
    void aHeldConnectionCanBeCut() throws Exception {
        try (Socket client = client()) {
            assertThat(ask(client, "one")).isEqualTo("one");
            link.requests().hold();
            write(client, "lost");
            link.cut();
            assertReset(client);
        }
        link.requests().release();
        assertThat(server.got).doesNotContain("lost");
    }

    @Test
    void anAnswerCanBeLostAfterItsRequestWasServed() throws Exception {
        CompletableFuture<Void> cut = link.cutAtAnswerTo("COMMIT");
        try (Socket client = client()) {
            assertThat(ask(client, "INSERT")).isEqualTo("INSERT");
            write(client, "COMMIT");
            assertReset(client);
        }
        cut.get(10, TimeUnit.SECONDS);
        awaitThatServerGot("COMMIT");
        try (Socket client = client()) {
            assertThat(ask(client, "COMMIT")).as("only once").isEqualTo("COMMIT");
        }
    }

    @Test
    void aRequestCanBeLostOnItsWayEvenIfItComesInPieces() throws Exception {
        CompletableFuture<Void> cut = link.requests().cutAt("COMMIT");
        try (Socket client = client()) {
            assertThat(ask(client, "COM")).isEqualTo("COM");
            write(client, "MIT");
            assertReset(client);
        }
        cut.get(10, TimeUnit.SECONDS);
        assertThat(server.got).doesNotContain("MIT");
    }

    @Test
    void aTextThatHasPassedBeforeDoesNotCutLater() throws Exception {
        try (Socket client = client()) {
            assertThat(ask(client, "COMMIT")).isEqualTo("COMMIT");
            CompletableFuture<Void> cut = link.requests().cutAt("COMMIT");
            assertThat(ask(client, "INSERT")).isEqualTo("INSERT");
            assertThat(cut).isNotDone();
        }
    }

    @Test
    void delaysAddUpInBothDirections() throws Exception {
        link.requests().delay(Duration.ofMillis(100));
        link.answers().delay(Duration.ofMillis(100));
        try (Socket client = client()) {
            long start = System.nanoTime();
            assertThat(ask(client, "late")).isEqualTo("late");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void aThrottleLimitsBytesPerSecond() throws Exception {
        link.requests().throttle(1_000_000);
        try (Socket client = client()) {
            long start = System.nanoTime();
            Connection.inBackground("sender", () -> send(client, new byte[500_000]));
            assertThat(client.getInputStream().readAllBytes()).hasSize(500_000);
            // the first piece goes at once
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        }
    }

    private Socket client() throws IOException {
        return client(link);
    }

    private static Socket client(TcpLink link) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), link.port());
        client.setSoTimeout(20_000); // a failure, not a hang
        return client;
    }

    private static void send(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
            client.shutdownOutput();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String ask(Socket client, String text) throws IOException {
        write(client, text);
        return read(client, text.length());
    }

    private static void write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static String read(Socket client, int length) throws IOException {
        return new String(client.getInputStream().readNBytes(length), US_ASCII);
    }

    private static void assertReset(Socket client) {
        assertThatThrownBy(() -> client.getInputStream().read()).isExactlyInstanceOf(SocketException.class);
    }

    private void awaitThatServerGot(String text) {
        Awaitility.await().untilAsserted(() -> assertThat(server.got).contains(text));
    }
}
