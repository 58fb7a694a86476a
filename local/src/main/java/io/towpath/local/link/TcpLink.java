package io.towpath.local.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP link in front of a server: clients connect to {@link #port} on the loopback address instead of the server's, and
 * tests decide what the network does to them.
 *
 * <p>Always: bytes arrive whole and in order, or their connection is cut; none is made up. For a server that tells its
 * clients where to connect to, as Kafka brokers do, that address must be the link's.
 */
public final class TcpLink implements AutoCloseable {

    private final InetAddress host;
    private final int targetPort;
    private final ServerSocket listener;
    private final Flow requests = new Flow();
    private final Flow answers = new Flow();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;

    private TcpLink(InetAddress host, int targetPort) throws IOException {
        this.host = host;
        this.targetPort = targetPort;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** A link to a server on this machine. */
    public static TcpLink to(int port) {
        try {
            TcpLink link = new TcpLink(InetAddress.getLoopbackAddress(), port);
            Connection.inBackground("link-to-" + port, link::acceptAll);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on the loopback address", e);
        }
    }

    /** Where clients connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** What clients send. */
    public Flow requests() {
        return requests;
    }

    /** What the server sends. */
    public Flow answers() {
        return answers;
    }

    /** Resets every connection, on both sides. New ones are welcome. */
    public void cut() {
        connections.forEach(Connection::cut);
    }

    /** Resets every connection and, until {@link #mend}, each new one too. */
    public void down() {
        refusing = true;
        cut();
    }

    /** Undoes {@link #down}. */
    public void mend() {
        refusing = false;
    }

    /**
     * Once: lets the next request that contains this text through, and cuts its connection when the server answers. So
     * the server has done what it was asked, and the client cannot know.
     *
     * @return done when that has happened
     */
    public CompletableFuture<Void> cutAtAnswerTo(String request) {
        CompletableFuture<Void> cut = new CompletableFuture<>();
        requests.set(new Tripwire(request, connection -> connection.cutAtNextAnswer(cut)));
        return cut;
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                join(listener.accept());
            } catch (IOException closed) {
                // by close(), or a client that went away at once
            }
        }
    }

    private void join(Socket client) {
        if (refusing) {
            Connection.reset(client);
            return;
        }
        Socket server;
        try {
            server = new Socket(host, targetPort);
        } catch (IOException serverIsDown) {
            Connection.reset(client);
            return;
        }
        Connection connection = new Connection(client, server, requests, answers);
        connections.add(connection);
        connection.start(() -> connections.remove(connection));
        if (refusing) {
            connection.cut();
        }
    }

    /** Cuts what is open and listens no more. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop listening", e);
        } finally {
            down();
        }
    }
}
