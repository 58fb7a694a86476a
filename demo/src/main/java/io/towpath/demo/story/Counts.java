package io.towpath.demo.story;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** How far every station is, shown while the story runs. */
final class Counts {

    private static final Duration SHOWN_EVERY = Duration.ofSeconds(2);
    /** After all have enough, for as long more is looked out for. */
    private static final Duration AFTERGLOW = Duration.ofSeconds(3);

    private final List<Database> shops;
    private final Database warehouse;
    private final TopicTail dc1;
    private final TopicTail dc2;
    private long shown = System.nanoTime() - SHOWN_EVERY.toNanos();

    /** Wanted activities and rows, activities on dc1, rows, records on dc2. */
    record Now(long activities, long rows, long dc1, long stored, long dc2) {
        boolean enough() {
            return dc1 >= activities && dc2 >= activities && stored == rows;
        }
    }

    Counts(List<Database> shops, Database warehouse, TopicTail dc1, TopicTail dc2) {
        this.shops = List.copyOf(shops);
        this.warehouse = warehouse;
        this.dc1 = dc1;
        this.dc2 = dc2;
    }

    Now now() throws SQLException {
        long activities = 0;
        long rows = 0;
        for (Database shop : shops) {
            activities += shop.number("select count(*) from ledger where told");
            rows += shop.number("select count(*) from ledger where told and actor not in"
                    + " (select actor from ledger where type = 'actor.erased')");
        }
        long stored = warehouse.number("select count(*) from activity");
        return new Now(activities, rows, dc1.count(), stored, dc2.count());
    }

    /** Prints the counts, at most every two seconds. */
    void show(Progress progress) throws SQLException {
        if (System.nanoTime() - shown >= SHOWN_EVERY.toNanos()) {
            shown = System.nanoTime();
            Now now = now();
            progress.say(
                    "shop %,7d to tell, %,7d to keep · dc1 %,7d activities · warehouse %,7d rows · dc2 %,7d mirrored",
                    now.activities(), now.rows(), now.dc1(), now.stored(), now.dc2());
        }
    }

    /**
     * Returns when every station has what the ledger says, or more, and a little time has passed for any that are too
     * many, or when nothing has moved for {@code patience}.
     */
    void settle(Duration patience, Progress progress) throws SQLException {
        Now last = null;
        long moved = System.nanoTime();
        while (true) {
            Now now = now();
            if (!now.equals(last)) {
                moved = System.nanoTime();
                last = now;
            }
            Duration still = Duration.ofNanos(System.nanoTime() - moved);
            if (still.compareTo(now.enough() ? AFTERGLOW : patience) > 0) {
                return;
            }
            show(progress);
            Waiting.moment();
        }
    }
}
