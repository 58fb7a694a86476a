package io.towpath.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Short looks at a port of this machine. */
public final class Probe {

    private static final int PATIENCE_MILLIS = 3_000;

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

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        return socket;
    }
}
