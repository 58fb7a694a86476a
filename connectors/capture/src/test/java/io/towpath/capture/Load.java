package io.towpath.capture;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Clients at work on several databases, each on a thread of its own. */
final class Load {

    private record Client(ShopDatabase database, Workload workload, Thread thread, AtomicBoolean stop) {}

    private final long seed;
    private final List<Client> clients = new ArrayList<>();

    Load(long seed) {
        this.seed = seed;
    }

    /** One more client, with an actor of its own. */
    void begin(ShopDatabase database) throws SQLException {
        int actor = clients.size() + 1;
        AtomicBoolean stop = new AtomicBoolean();
        Workload workload = new Workload(database.connect(), database.messages(), actor, seed + actor, stop);
        Thread thread = new Thread(workload, "client-" + actor);
        clients.add(new Client(database, workload, thread, stop));
        thread.start();
    }

    /** Ends the clients of one database; each has committed or rolled back. */
    void end(ShopDatabase database) throws InterruptedException {
        for (Client client : clients) {
            if (client.database.equals(database)) {
                client.stop.set(true);
                client.thread.join();
            }
        }
    }

    /** Ends all of them; what they did. */
    List<Workload> end() throws InterruptedException {
        for (Client client : clients) {
            end(client.database);
        }
        return clients.stream().map(Client::workload).toList();
    }
}
