package io.towpath.demo.story;

import java.sql.Connection;
import java.sql.SQLException;
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

    /** How much traffic: {@code rate} transactions a second in all. */
    record Size(int seconds, int rate, long seed) {
        long transactions() {
            return (long) seconds * rate;
        }
    }

    private final List<Database> shops;
    private final Size size;
    private final ExecutorService threads = Executors.newFixedThreadPool(SHOPPERS);
    private final List<Future<?>> running = new ArrayList<>();
    private final AtomicLong transactions = new AtomicLong();

    /** @param shops databases of the shop; each concurrent user works on one of them */
    Workload(List<Database> shops, Size size) {
        this.shops = List.copyOf(shops);
        this.size = size;
    }

    /** Tables, and the customers that are there before anything is captured. */
    static void prepare(Database shop) throws SQLException {
        shop.run("shop.sql");
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
        try (Connection connection = shops.get(number % shops.size()).connect()) {
            Shopper shopper = new Shopper(connection, number, size.seed());
            for (long i = 0; i < mine; i++) {
                long early = started + i * pause - System.nanoTime();
                if (early > 0) {
                    LockSupport.parkNanos(early);
                }
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                if (i == mine / 2) {
                    shopper.arriveAsACrowd(CROWD);
                } else {
                    shopper.transact();
                }
                transactions.incrementAndGet();
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
