package io.towpath.migration.it;

import io.towpath.migration.config.Migration;
import io.towpath.migration.config.MigrationFile;
import io.towpath.migration.journal.Journal;
import io.towpath.migration.journal.Side;
import io.towpath.migration.journal.Standing;
import io.towpath.migration.journal.TwinJournal;
import io.towpath.migration.switchover.step.SwitchJob;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A switch in a process of its own that comes to a point and waits there to be killed. */
public final class KilledSwitch {

    /** What a run is told to come to: the n-th of these. */
    enum Point {
        /** The act is done, and not journalled. */
        BEFORE_WRITE,
        /** The next act is journalled, and not begun. */
        AFTER_WRITE,
        /** Between two acts of a step. */
        BEFORE_ACT
    }

    static final String REACHED = "POINT";

    private KilledSwitch() {}

    /** {@code file}, {@code TARGET|SOURCE}, {@code run|undo}, {@code point}, {@code n}. */
    public static void main(String[] args) {
        Migration migration = MigrationFile.read(Path.of(args[0]));
        Clock clock = Clock.systemUTC();
        SwitchJob.How how = new SwitchJob.How(
                migration.topics(), Path.of(args[0] + ".proof"), Duration.ofSeconds(60), clock, System.out::println);
        try (Journal journal = new Dying(
                        TwinJournal.take(migration, clock), Point.valueOf(args[3]), Integer.parseInt(args[4]));
                SwitchJob job = new SwitchJob(migration, Side.valueOf(args[1]), journal, how)) {
            if (args[2].equals("undo")) {
                job.undo();
            } else {
                job.run();
            }
        }
    }

    private static final class Dying implements Journal {
        private final Journal journal;
        private final Point point;
        private int left;

        Dying(Journal journal, Point point, int n) {
            this.journal = journal;
            this.point = point;
            this.left = n;
        }

        @Override
        public Standing standing() {
            return journal.standing();
        }

        @Override
        public void write(Standing next) {
            at(Point.BEFORE_WRITE);
            journal.write(next);
            at(Point.AFTER_WRITE);
        }

        @Override
        public void held() {
            at(Point.BEFORE_ACT);
            journal.held();
        }

        private void at(Point here) {
            if (here == point && --left == 0) {
                System.out.println(REACHED);
                System.out.flush();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("to be killed, not interrupted", e);
                }
            }
        }

        @Override
        public void close() {
            journal.close();
        }
    }
}
