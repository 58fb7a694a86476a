package io.towpath.migration.journal;

import io.towpath.migration.config.Migration;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A copy on either cluster, of which the source's decides who holds the journal.
 *
 * <p>Every write goes to the source first. A run that is fenced there is superseded. A run that is fenced on the target
 * only, and gets through on the source again, has met a predecessor that was late: it takes the target's copy back. So of
 * two runs that start at the same moment exactly one goes on.
 */
public final class TwinJournal implements Journal {

    private static final int TRIES = 5;

    private final String migration;
    private final JournalCopy source;
    private final JournalCopy target;
    private final Clock clock;
    private final String by;
    private Standing standing;

    private TwinJournal(Migration migration, JournalCopy target, Clock clock) {
        this.migration = migration.name();
        this.source = new JournalCopy(migration.source(), migration.name());
        this.target = target;
        this.clock = clock;
        this.by = "process " + ProcessHandle.current().pid() + " of "
                + Optional.ofNullable(System.getenv("HOSTNAME")).orElse("this host") + ", run " + UUID.randomUUID();
    }

    /** Takes the journal over, from a run that may still be at work too; the newer copy is what stands. */
    public static TwinJournal take(Migration migration, Clock clock) {
        return open(migration, new JournalCopy(migration.target(), migration.name()), clock);
    }

    /** The same without the target, which cannot be reached: for giving it up. */
    public static TwinJournal takeSourceOnly(Migration migration, Clock clock) {
        return open(migration, null, clock);
    }

    private static TwinJournal open(Migration migration, JournalCopy target, Clock clock) {
        TwinJournal journal = new TwinJournal(migration, target, clock);
        try {
            journal.take();
            return journal;
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    private void take() {
        source.take();
        onSource(() -> source.held(by));
        if (target != null) {
            target.take();
            onTarget(() -> target.held(by));
        }
        standing = Stream.concat(source.read().stream(), target == null ? Stream.empty() : target.read().stream())
                .max(Comparator.comparingLong(Standing::revision))
                .orElse(Standing.fresh(migration));
    }

    @Override
    public Standing standing() {
        return standing;
    }

    @Override
    public void write(Standing next) {
        Standing written = next.written(clock.instant().toString(), by);
        onSource(() -> source.write(written));
        if (target != null) {
            onTarget(() -> target.write(written));
        }
        standing = written;
    }

    @Override
    public void held() {
        onSource(() -> source.held(by));
    }

    private void onSource(Runnable act) {
        try {
            act.run();
        } catch (JournalCopy.Fenced e) {
            throw new Superseded(migration, e);
        }
    }

    private void onTarget(Runnable act) {
        JournalCopy.Fenced last = null;
        for (int i = 0; i < TRIES; i++) {
            try {
                act.run();
                return;
            } catch (JournalCopy.Fenced e) {
                last = e;
                held();
                takeTarget();
            }
        }
        throw new JournalFailure(
                "the journal on the target is taken over again and again, and not on the source: is"
                        + " another migration named " + migration + "?",
                last);
    }

    private void takeTarget() {
        try {
            target.take();
        } catch (JournalCopy.Fenced e) {
            held();
        }
    }

    @Override
    public void close() {
        source.close();
        if (target != null) {
            target.close();
        }
    }
}
