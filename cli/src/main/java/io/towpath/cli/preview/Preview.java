package io.towpath.cli.preview;

import io.towpath.activity.Activity;
import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.config.DatabaseConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;

/** Prints what the next changes of some databases would become, line by line, and a sum at the end. */
public final class Preview {

    /** How it ended. */
    public enum Outcome {
        /** Every change that came could be read. */
        ALL_READ,
        /** A rule cannot read one. */
        MISTAKES,
        /** A database could not be read, or not on. */
        UNREADABLE
    }

    private final CaptureConfig config;
    private final List<DatabaseConfig> databases;
    private final PrintWriter out;
    private final List<EngineReader> readers = new CopyOnWriteArrayList<>();
    private final Object ending = new Object();
    private CountDownLatch toCome = new CountDownLatch(0);
    private int activities;
    private int nothing;
    private int mistakes;

    public Preview(CaptureConfig config, List<DatabaseConfig> databases, PrintWriter out) {
        this.config = config;
        this.databases = databases;
        this.out = out;
    }

    /** Shows at most {@code changes}, for at most {@code time}. An interrupt, as Ctrl-C, ends it in order. */
    public Outcome show(int changes, Duration time) throws InterruptedException {
        toCome = new CountDownLatch(changes);
        Thread tidy = new Thread(this::close, "rules-try-end");
        Runtime.getRuntime().addShutdownHook(tidy);
        Outcome outcome = Outcome.UNREADABLE;
        try {
            open();
            outcome = await(System.nanoTime() + time.toNanos());
        } catch (SQLException | ConnectException refused) {
            say("cannot be read: " + refused.getMessage());
        } finally {
            close();
        }
        synchronized (this) {
            say(activities + " activities; " + nothing + " changes became nothing, " + mistakes + " cannot be read");
        }
        return outcome;
    }

    private void open() throws SQLException {
        if (config.consent() != null) {
            say("consent is not asked here: of what follows, the connector withholds what actors did not allow");
        }
        for (DatabaseConfig database : databases) {
            String name = DatabaseConfig.slotPrefix(config.connector()) + "try_"
                    + UUID.randomUUID().toString().substring(0, 8);
            EngineReader reader = new EngineReader(config, database, name, this::show);
            readers.add(reader);
            reader.keptMeanwhile()
                    .ifPresent(statement -> say(database.name() + ": if this is killed, run there: " + statement));
        }
    }

    private Outcome await(long until) throws InterruptedException {
        while (System.nanoTime() < until && !toCome.await(200, TimeUnit.MILLISECONDS)) {
            for (EngineReader reader : readers) {
                if (reader.failure().isPresent()) {
                    say("cannot be read on: " + words(reader.failure().get()));
                    return Outcome.UNREADABLE;
                }
            }
        }
        synchronized (this) {
            return mistakes == 0 ? Outcome.ALL_READ : Outcome.MISTAKES;
        }
    }

    /** The innermost words: those around it are the engine's own. */
    private static String words(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause().getMessage() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private synchronized void show(Change change) {
        if (toCome.getCount() == 0) {
            return;
        }
        String place = change.database() + ": " + change.what() + " at " + change.position();
        if (change.mistake() != null) {
            mistakes++;
            say(place + "  cannot become an activity: " + change.mistake());
        } else if (change.activities().isEmpty()) {
            nothing++;
            say(place + "  nothing");
        }
        for (Activity activity : change.activities()) {
            activities++;
            say(place + "  " + line(activity));
        }
        toCome.countDown();
    }

    private static String line(Activity activity) {
        StringBuilder line = new StringBuilder(activity.type());
        if (activity.actor() != null) {
            line.append("  actor ").append(activity.actor().id());
        }
        if (activity.object() != null) {
            line.append("  ")
                    .append(activity.object().type())
                    .append(' ')
                    .append(activity.object().id());
        }
        if (activity.data() != null) {
            line.append("  data ").append(activity.data());
        }
        if (activity.context() != null) {
            line.append("  context ").append(activity.context());
        }
        return line.append("  id ").append(activity.id()).toString();
    }

    /** Also called when the program is told to end: what the servers keep must not outlive it. */
    private void close() {
        synchronized (ending) { // not this: a reader that shows its last change must not wait for its own end
            for (EngineReader reader : readers) {
                try {
                    reader.close();
                } catch (IOException | SQLException left) {
                    say("could not be ended in order: " + left.getMessage());
                }
            }
            readers.clear();
        }
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
