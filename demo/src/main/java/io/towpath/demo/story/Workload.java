package io.towpath.demo.story;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Concurrent, seeded traffic on the shop's database. The same seed, seconds and rate give the same transactions; how those
 * of different shoppers interleave is left to the machine.
 */
final class Workload implements AutoCloseable {

    static final int SHOPPERS = 4;
    private static final int CROWD = 200;
    private static final Duration BACK_WITHIN = Duration.ofMinutes(2);

    /** How much traffic: {@code rate} transactions a second in all. */
    record Size(int seconds, int rate, long seed) {
        long transactions() {
            return (long) seconds * rate;
        }
    }

    private final List<Database> shops;
    private final Size size;
    private final boolean endures;
    private final ExecutorService threads = Executors.newFixedThreadPool(SHOPPERS);
    private final List<Future<?>> running = new ArrayList<>();
    private final AtomicLong transactions = new AtomicLong();

    /** @param shops databases of the shop; each concurrent user works on one of them */
    Workload(List<Database> shops, Size size) {
        this(shops, size, false);
    }

    private Workload(List<Database> shops, Size size, boolean endures) {
        this.shops = List.copyOf(shops);
        this.size = size;
        this.endures = endures;
    }

    /**
     * Traffic that outlives its database: what is cut off is given up, and the shoppers come back when it does. They send
     * no message outside a transaction, since one of a transaction that was cut off could never be taken back.
     */
    static Workload enduring(List<Database> shops, Size size) {
        return new Workload(shops, size, true);
    }

    /** Tables, and the customers that are there before anything is captured. */
    static void prepare(Database shop) throws SQLException {
        shop.run("shop.sql");
        admitCustomers(shop);
    }

    static void admitCustomers(Database shop) throws SQLException {
        try (Connection connection = shop.connect();
                var insert = connection.prepareStatement("insert into customers values (?, ?, ?, null, 0)")) {
            for (int shopper = 0; shopper < SHOPPERS; shopper++) {
                for (int i = 0; i < Shopper.CUSTOMERS; i++) {
                    long id = Shopper.customer(shopper, i);
                    insert.setLong(1, id);
                    insert.setString(2, "Customer " + id);
                    insert.setString(3, id + "@example.com");
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    void start() {
        for (int i = 0; i < SHOPPERS; i++) {
            int number = i;
            running.add(threads.submit(() -> {
                shop(number);
                return null;
            }));
        }
    }

    private void shop(int number) throws SQLException {
        long mine = size.transactions() / SHOPPERS;
        long pause = TimeUnit.SECONDS.toNanos(size.seconds()) / Math.max(1, mine);
        long started = System.nanoTime();
        Database shop = shops.get(number % shops.size());
        Shopper shopper = new Shopper(number, size.seed(), endures);
        try {
            shopper.come(shop.connect());
            for (long i = 0; i < mine; i++) {
                long early = started + i * pause - System.nanoTime();
                if (early > 0) {
                    LockSupport.parkNanos(early);
                }
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                try {
                    visit(shopper, i == mine / 2);
                } catch (SQLException e) {
                    if (!endures) {
                        throw e;
                    }
                    shopper.come(whenItIsBack(shop, e));
                }
            }
        } finally {
            shopper.leave();
        }
    }

    private void visit(Shopper shopper, boolean asACrowd) throws SQLException {
        if (asACrowd) {
            shopper.arriveAsACrowd(CROWD);
        } else {
            shopper.transact();
        }
        transactions.incrementAndGet();
    }

    private static Connection whenItIsBack(Database shop, SQLException why) throws SQLException {
        long limit = System.nanoTime() + BACK_WITHIN.toNanos();
        while (true) {
            try {
                return shop.connect();
            } catch (SQLException notYet) {
                if (System.nanoTime() - limit > 0) {
                    notYet.addSuppressed(why);
                    throw notYet;
                }
                Waiting.moment();
            }
        }
    }

    /** Transactions finished so far, committed or rolled back. */
    long transactions() {
        return transactions.get();
    }

    boolean done() {
        return running.stream().allMatch(Future::isDone);
    }

    /** Waits for every shopper. @throws IllegalStateException when one of them failed, with its cause */
    void await() throws InterruptedException {
        for (Future<?> shopper : running) {
            try {
                shopper.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("the workload failed: the shop's database refused a transaction", e);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
