package io.towpath.capture.reader;

import io.towpath.capture.unit.InFlight;
import io.towpath.capture.unit.Position;
import io.towpath.capture.unit.Unit;
import io.towpath.capture.unit.UnitRecord;
import io.towpath.capture.watch.DatabaseGauges;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one database on a thread of its own, so that one that is down or slow holds back no other. After a failure it
 * begins anew behind the last unit that it handed over; but for a change that no rule can read and a limit of the config
 * that is reached, which would be met again: these end it at once.
 */
public final class DatabaseReader implements Runnable, DatabaseGauges.Reading {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseReader.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final String database;
    private final Sessions sessions;
    private final Handoff handoff;
    private final boolean failOnError;
    private final InFlight inFlight = new InFlight();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<Session> session = new AtomicReference<>();
    private final AtomicReference<ConnectException> failure = new AtomicReference<>();
    private final Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT);

    private final AtomicLong cut = new AtomicLong();
    private final Optional<Position> stored;

    private Optional<Position> resume;

    /**
     * @param sessions opens the database
     * @param stored where Connect's stored offset stands
     * @param failOnError whether a failure is final
     */
    public DatabaseReader(
            String database, Sessions sessions, Optional<Position> stored, Handoff handoff, boolean failOnError) {
        this.database = database;
        this.sessions = sessions;
        this.stored = stored;
        this.resume = stored;
        this.handoff = handoff;
        this.failOnError = failOnError;
    }

    @Override
    public void run() {
        while (!isStopped()) {
            try {
                readUntilStopped();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            } catch (DataException badChange) {
                failure.set(badChange);
                return;
            } catch (ConfigException tooSmall) { // to wait makes no limit larger
                failure.set(new ConnectException("database " + database + ": " + tooSmall.getMessage(), tooSmall));
                return;
            } catch (Exception problem) {
                if (isStopped() || !recover(problem)) {
                    return;
                }
            }
        }
    }

    /** Called for each record of this database that Connect is done with; {@code stored} is false for a dropped one. */
    public void acknowledged(UnitRecord record, boolean stored) {
        inFlight.acknowledged(record, stored);
    }

    /** Lets the database forget what Connect has stored. */
    public void releaseTo(Position position) throws InterruptedException {
        Session current = session.get();
        if (current != null) {
            current.release(position);
        }
    }

    /** The last position that Connect has stored together with everything before it. */
    public Optional<Position> confirmed() {
        return inFlight.confirmed();
    }

    /** The last position that Connect is known to have stored, in this life of the task or before. */
    public Optional<Position> reachedByConnect() {
        return confirmed().or(() -> stored);
    }

    /** Why reading ended for good; empty while it goes on. */
    public Optional<ConnectException> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Called with each unit in the order of the log, before Connect sees its first record. */
    public void handedOver(Unit unit) {
        inFlight.handedOver(unit);
    }

    @Override
    public boolean isReading() {
        return session.get() != null;
    }

    @Override
    public int inFlight() {
        return inFlight.size();
    }

    @Override
    public long cut() {
        return cut.get();
    }

    public String database() {
        return database;
    }

    /** Makes {@link #run} return soon. */
    public void stop() {
        stopped.countDown();
    }

    private void readUntilStopped() throws Exception {
        try (Session opened = sessions.open(resume)) {
            session.set(opened);
            while (!isStopped() && !opened.finished()) {
                List<Unit> units = opened.read(inFlight.confirmed());
                handoff.put(units);
                for (Unit unit : units) {
                    if (unit.position().part() != null) {
                        cut.incrementAndGet();
                    }
                    resume = Optional.of(unit.position());
                }
                if (opened.hasRead()) {
                    backoff.worked();
                }
            }
        } finally {
            session.set(null);
        }
    }

    private boolean recover(Exception problem) {
        if (failOnError) {
            failure.set(
                    new ConnectException("database " + database + " cannot be read: " + Advice.on(problem), problem));
            return false;
        }
        Duration wait = backoff.next();
        LOG.warn(
                "database {} cannot be read: {}; trying again in {} s",
                database,
                Advice.on(problem),
                wait.toSeconds(),
                problem);
        try {
            return !stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }
}
