package io.towpath.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Short looks at a port of this machine. */
public final class Probe {

    private static final int PATIENCE_MILLIS = 3_000;
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofMillis(PATIENCE_MILLIS))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private Probe() {}

    /** True if something listens there. */
    public static boolean listens(int port) {
        try (Socket socket = connect(port)) {
            return socket.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    /** The first bytes, as Latin-1, that a server sends after it got the text; empty if it does not answer. */
    public static String ask(int port, String text, int bytes) {
        try (Socket socket = connect(port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
        } catch (IOException noAnswer) {
            return "";
        }
    }

    /** True if a GET is answered with 200. */
    public static boolean answers(URI url) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofMillis(PATIENCE_MILLIS))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        return socket;
    }
}
