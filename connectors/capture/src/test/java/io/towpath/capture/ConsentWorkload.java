package io.towpath.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One seeded customer who orders and changes their mind about being recorded, also within a transaction: the log has its
 * transactions in the order of its commits, so {@link #expected} is what a reader must see of it, in this order.
 */
final class ConsentWorkload implements Runnable {

    private final Connection db;
    private final int actor;
    private final Random random;
    private final AtomicBoolean stop;
    private final List<String> expected = new ArrayList<>();
    private boolean allowed;
    private int next;
    private int optOuts;
    private int withheld;
    private Exception failure;

    ConsentWorkload(Connection db, int actor, long seed, AtomicBoolean stop) {
        this.db = db;
        this.actor = actor;
        this.random = new Random(seed);
        this.stop = stop;
    }

    @Override
    public void run() {
        try (db) {
            db.setAutoCommit(false);
            while (!stop.get()) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(40)); // a rate that a small machine can follow
                transaction();
            }
        } catch (SQLException | InterruptedException e) {
            failure = e;
        }
    }

    private void transaction() throws SQLException {
        List<String> mine = new ArrayList<>();
        boolean now = allowed;
        int outs = 0;
        int lost = 0;
        for (int step = random.nextInt(4); step >= 0; step--) {
            if (random.nextInt(4) == 0) {
                now = random.nextBoolean();
                CaptureStack.run(
                        db,
                        "insert into consent values ('" + actor + "', 'activity', " + now + ")"
                                + " on conflict (actor, category) do update"
                                + " set allowed = excluded.allowed, changed_at = now()");
                if (!now) {
                    outs++;
                    mine.add("actor.erased ");
                }
                continue;
            }
            int orders = random.nextInt(60) == 0 ? 700 : 1 + random.nextInt(3);
            order(orders);
            for (int id = next - orders; id < next; id++) {
                if (now) {
                    mine.add("order.placed " + id(id));
                }
            }
            lost += now ? 0 : orders;
        }
        if (random.nextInt(8) == 0) {
            db.rollback();
            return;
        }
        db.commit();
        expected.addAll(mine);
        allowed = now;
        optOuts += outs;
        withheld += lost;
    }

    private void order(int count) throws SQLException {
        CaptureStack.run(
                db,
                String.format(
                        "insert into orders select %d + n, %d, 'x' from generate_series(0, %d) n",
                        id(next), actor, count - 1));
        next += count;
    }

    private int id(int number) {
        return actor * 10_000_000 + number;
    }

    /** Type and object of each activity that the topic must hold of this actor. */
    List<String> expected() {
        if (failure != null) {
            throw new IllegalStateException("the workload failed", failure);
        }
        return expected;
    }

    String actor() {
        return Integer.toString(actor);
    }

    int optOuts() {
        return optOuts;
    }

    /** Orders that were committed and that nobody may see. */
    int withheld() {
        return withheld;
    }
}
