package io.towpath.demo.story;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** How far every station is, shown while the story runs. */
final class Counts {

    private static final Duration SHOWN_EVERY = Duration.ofSeconds(2);
    /** After all have enough, for as long more is looked out for. */
    private static final Duration AFTERGLOW = Duration.ofSeconds(3);

    private final Database shop;
    private final Database warehouse;
    private final TopicTail dc1;
    private final TopicTail dc2;
    private long shown = System.nanoTime() - SHOWN_EVERY.toNanos();

    Counts(Database shop, Database warehouse, TopicTail dc1, TopicTail dc2) {
        this.shop = shop;
        this.warehouse = warehouse;
        this.dc1 = dc1;
        this.dc2 = dc2;
    }

    /** Ledger, activities on dc1, rows, records on dc2. */
    private List<Long> now() throws SQLException {
        return List.of(Ledger.count(shop, "ledger"), (long) dc1.count(), Ledger.count(warehouse, "activity"), (long)
                dc2.count());
    }

    /** Prints the counts, at most every two seconds. */
    void show(Progress progress) throws SQLException {
        if (System.nanoTime() - shown >= SHOWN_EVERY.toNanos()) {
            shown = System.nanoTime();
            List<Long> now = now();
            progress.say(
                    "shop %,7d changes · dc1 %,7d activities · warehouse %,7d rows · dc2 %,7d mirrored",
                    now.get(0), now.get(1), now.get(2), now.get(3));
        }
    }

    /**
     * Returns when every station has at least as many as the ledger and a little time has passed for any that are too
     * many, or when nothing has moved for {@code patience}.
     */
    void settle(Duration patience, Progress progress) throws SQLException {
        List<Long> last = List.of();
        long moved = System.nanoTime();
        while (true) {
            List<Long> now = now();
            if (!now.equals(last)) {
                moved = System.nanoTime();
                last = now;
            }
            boolean enough = now.stream().allMatch(count -> count >= now.get(0));
            Duration still = Duration.ofNanos(System.nanoTime() - moved);
            if (still.compareTo(enough ? AFTERGLOW : patience) > 0) {
                return;
            }
            show(progress);
            Waiting.moment();
        }
    }
}
