package io.towpath.capture;

import io.towpath.local.TrialSize;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.PGConnection;

/**
 * One seeded client of the shop, with one actor: its activities are numbered, and {@link #expected} is what a reader of
 * the topic must see of that actor, in this order. On PostgreSQL page views are messages, large inserts are a COPY and the
 * context is a message; on a binlog there are no page views, large inserts are one statement and the context is a row.
 */
final class Workload implements Runnable {

    private static final int ROWS = TrialSize.current().of(3_000, 10_000);

    private final Connection db;
    private final boolean messages;
    private final int actor;
    private final Random random;
    private final AtomicBoolean stop;
    private final List<String> expected = new ArrayList<>();
    private int next;
    private Exception failure;

    Workload(Connection db, boolean messages, int actor, long seed, AtomicBoolean stop) {
        this.db = db;
        this.messages = messages;
        this.actor = actor;
        this.random = new Random(seed);
        this.stop = stop;
    }

    @Override
    public void run() {
        try {
            db.setAutoCommit(false);
            while (!stop.get()) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(60)); // a rate that a small machine can follow
                List<String> mine = new ArrayList<>();
                transaction(mine);
                if (random.nextInt(10) == 0) {
                    db.rollback();
                } else {
                    db.commit();
                    expected.addAll(mine);
                }
            }
        } catch (SQLException | IOException | InterruptedException e) {
            failure = e;
        }
    }

    /** What the topic must hold of this actor: type and object of each activity, and the request where one was said. */
    List<String> expected() {
        if (failure != null) {
            throw new IllegalStateException("the workload failed", failure);
        }
        return expected;
    }

    String actor() {
        return Integer.toString(actor);
    }

    private void transaction(List<String> mine) throws SQLException, IOException {
        int kind = random.nextInt(100);
        if (kind == 0) {
            many(mine, ROWS / 2 + random.nextInt(ROWS / 2 + 1), "");
        } else if (kind == 1) {
            String request = "r" + id();
            say(request);
            many(mine, ROWS / 2, " " + request);
        } else if (kind < 30 && messages) {
            view(mine);
        } else {
            insert(mine, 1 + random.nextInt(20), "");
            if (random.nextBoolean()) {
                pay(mine);
            }
            if (messages && random.nextBoolean()) {
                view(mine);
            }
        }
    }

    private void insert(List<String> mine, int rows, String said) throws SQLException {
        StringBuilder values = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            int id = id();
            values.append(row == 0 ? "" : ", ")
                    .append("(")
                    .append(id)
                    .append(", ")
                    .append(actor)
                    .append(", 'new')");
            mine.add("order.placed " + id + said);
        }
        execute("insert into orders (id, customer, status) values " + values);
    }

    private void pay(List<String> mine) throws SQLException {
        int id = actor * 10_000_000 + next;
        execute("update orders set status = 'paid' where id = " + id);
        mine.add("order.status " + id);
    }

    private void view(List<String> mine) throws SQLException {
        int page = id();
        execute("select pg_logical_emit_message(true, 'page-view', '{\"user\":" + actor + ",\"page\":\"" + page
                + "\"}')");
        mine.add("page.viewed " + page);
    }

    private void say(String request) throws SQLException {
        if (messages) {
            execute("select pg_logical_emit_message(true, 'ctx', '{\"request\":\"" + request + "\"}')");
        } else {
            execute("insert into said (request) values ('" + request + "')");
            execute("delete from said");
        }
    }

    private void many(List<String> mine, int rows, String said) throws SQLException, IOException {
        if (!messages) {
            insert(mine, rows, said);
            return;
        }
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            int id = id();
            text.append(id).append('\t').append(actor).append("\tnew\n");
            mine.add("order.placed " + id + said);
        }
        db.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy orders (id, customer, status) from stdin", new StringReader(text.toString()));
    }

    private int id() {
        return actor * 10_000_000 + ++next;
    }

    private void execute(String sql) throws SQLException {
        try (PreparedStatement statement = db.prepareStatement(sql)) {
            statement.execute();
        }
    }
}
