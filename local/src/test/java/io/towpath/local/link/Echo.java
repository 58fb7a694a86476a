package io.towpath.local.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server that sends back what it gets, and remembers it. */
final class Echo implements AutoCloseable {

    final Queue<String> got = new ConcurrentLinkedQueue<>();
    private final ServerSocket listener;

    Echo() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Connection.inBackground("echo", this::acceptAll);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Connection.inBackground("echo-client", () -> echo(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void echo(Socket client) {
        byte[] buffer = new byte[65_536];
        try (client) {
            for (int read = client.getInputStream().read(buffer); read >= 0; ) {
                got.add(new String(buffer, 0, read, java.nio.charset.StandardCharsets.US_ASCII));
                client.getOutputStream().write(buffer, 0, read);
                read = client.getInputStream().read(buffer);
            }
        } catch (IOException reset) {
            got.add("<reset>");
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
