package io.towpath.local.link;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** One client's connection and the one to the server that belongs to it. */
final class Connection {

    static final int PIECE = 65_536;

    /** A text may come in two pieces: so much of the last one is looked at again. */
    private static final int LOOK_BACK = 256;

    private final Socket client;
    private final Socket server;
    private final Flow requests;
    private final Flow answers;
    private final AtomicInteger openDirections = new AtomicInteger(2);
    private volatile boolean cut;
    private volatile CompletableFuture<Void> cutAtNextAnswer;

    Connection(Socket client, Socket server, Flow requests, Flow answers) {
        this.client = client;
        this.server = server;
        this.requests = requests;
        this.answers = answers;
    }

    void start(Runnable atEnd) {
        inBackground("link-requests", () -> pump(client, server, requests, atEnd));
        inBackground("link-answers", () -> pump(server, client, answers, atEnd));
    }

    void cut() {
        cut = true;
        reset(client);
        reset(server);
        requests.wake();
        answers.wake();
    }

    void cutAtNextAnswer(CompletableFuture<Void> done) {
        cutAtNextAnswer = done;
    }

    private void pump(Socket from, Socket to, Flow flow, Runnable atEnd) {
        try {
            to.setTcpNoDelay(true);
            forward(from, to, flow);
            if (!cut) {
                to.shutdownOutput();
            }
        } catch (IOException gone) {
            cut(); // a reset on one side is a reset on the other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cut();
        } finally {
            if (openDirections.decrementAndGet() == 0) {
                close(client);
                close(server);
                atEnd.run();
            }
        }
    }

    private void forward(Socket from, Socket to, Flow flow) throws IOException, InterruptedException {
        byte[] buffer = new byte[LOOK_BACK + PIECE];
        int kept = 0;
        int read = from.getInputStream().read(buffer, kept, PIECE);
        while (read >= 0 && !cut) {
            flow.inspect(buffer, kept, kept + read, this);
            cutIfAnswerIsUnwanted(flow);
            flow.await(read, () -> cut);
            if (cut) {
                return;
            }
            to.getOutputStream().write(buffer, kept, read);
            int end = kept + read;
            kept = Math.min(LOOK_BACK, end);
            System.arraycopy(buffer, end - kept, buffer, 0, kept);
            read = from.getInputStream().read(buffer, kept, PIECE);
        }
    }

    private void cutIfAnswerIsUnwanted(Flow flow) {
        CompletableFuture<Void> done = cutAtNextAnswer;
        if (flow == answers && done != null) {
            cut();
            done.complete(null);
        }
    }

    /** Closes with RST instead of FIN. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            // then there is nothing to reset
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // which was the purpose
        }
    }

    static void inBackground(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
