package io.towpath.demo.story;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One concurrent user of the shop's application: a seeded sequence of transactions over customers of its own, so that the
 * order of each customer's deeds is known. Whatever a rule names is written into the ledger in the same transaction; what
 * is rolled back leaves no trace in either.
 */
final class Shopper {

    static final int CUSTOMERS = 25;
    /** Between the ids of one who has left and of the next who comes. */
    private static final long GENERATION = 1_000_000;

    private static final int VISITS_AFTER_LEAVING = 4;
    private static final List<String> PAGES = List.of("/", "/boats", "/ropes", "/lamps", "/basket");
    private static final String NETWORK = "10.0.0.0";
    private static final String AGENT = "Mozilla/5.0 (demo)";

    private final int number;
    private final boolean transactional;
    private final Random random;
    private final List<Long> orders = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
    // What the shopper remembers of its customers; what counts is in the database.
    private final long[] generations = new long[CUSTOMERS];
    private final boolean[] gone = new boolean[CUSTOMERS];
    private Connection connection;
    private ObjectNode context;
    private long sequence;

    /** @param transactional whether every page view is a message of its transaction */
    Shopper(int number, long seed, boolean transactional) {
        this.number = number;
        this.transactional = transactional;
        this.random = new Random(seed * 31 + number);
    }

    /** Over this connection from now on. What the one before it was cut off from is given up. */
    void come(Connection connection) throws SQLException {
        leave();
        this.connection = connection;
        connection.setAutoCommit(false);
    }

    void leave() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }

    /** Customers of all shoppers have distinct ids. */
    static long customer(int shopper, int index) {
        return shopper * 1_000L + index;
    }

    /** One transaction; one in twenty is rolled back. */
    void transact() throws SQLException {
        long customer = visitor();
        int orderCount = orders.size();
        int lineCount = lines.size();
        int kind = random.nextInt(100);
        // a page view outside its transaction, which then says nothing more
        boolean alone = kind >= 20 && kind < 30 && !transactional;
        begin(alone ? null : "request-" + next());
        if (!alone) {
            greet(customer);
        }
        if (kind < 30) {
            view(customer, !alone);
        } else if (kind < 45) {
            login(customer, 1);
            view(customer, true);
        } else if (kind < 70) {
            placeOrder(customer);
        } else if (kind < 85) {
            moveOrder();
        } else if (kind < 90) {
            removeLine();
        } else {
            editProfile(customer, kind);
        }
        // a non-transactional message is in the log for good, whatever becomes of its transaction
        boolean undo = random.nextInt(20) == 0 && !alone;
        if (undo) {
            connection.rollback();
            orders.subList(Math.min(orderCount, orders.size()), orders.size()).clear();
            lines.subList(Math.min(lineCount, lines.size()), lines.size()).clear();
        } else {
            connection.commit();
        }
    }

    /** One who has left comes a few more times, and nothing of it may be told; then somebody new comes instead. */
    private long visitor() {
        int index = random.nextInt(CUSTOMERS);
        if (gone[index] && random.nextInt(VISITS_AFTER_LEAVING) == 0) {
            gone[index] = false;
            generations[index]++;
        }
        return customer(number, index) + generations[index] * GENERATION;
    }

    /** Many rows by one statement: a wide transaction among the narrow ones. */
    void arriveAsACrowd(int logins) throws SQLException {
        begin("crowd-" + next());
        greet(customer(number, 0));
        login(customer(number, 0), logins);
        connection.commit();
    }

    /** Says once, for the whole transaction, which request it serves. The address leaves as its network alone. */
    private void begin(String request) throws SQLException {
        context = JsonNodeFactory.instance.objectNode();
        if (request != null) {
            context.put("request", request).put("ip", "10.0.0.7");
            execute("select pg_logical_emit_message(true, 'request', ?)", context.toString());
            context.put("ip", NETWORK);
        }
    }

    /** Whoever is new is written down. On their first visit, nine of ten customers agree to be recorded; the others never say anything. */
    private void greet(long customer) throws SQLException {
        if (customer >= GENERATION) {
            execute(
                    "insert into customers values (?, ?, ?, null, 0) on conflict do nothing",
                    customer,
                    "Customer " + customer,
                    customer + "@example.com");
        }
        if (customer % 10 == 9) {
            return;
        }
        long id = next();
        execute(
                "with agreed as (insert into consent values (?, 'activity', true, now(), ?) on conflict do nothing"
                        + " returning actor) insert into ledger (type, actor, object, data, context, told)"
                        + " select 'customer.decided-consent', actor, 'activity', ?::jsonb, ?::jsonb, true from agreed",
                customer,
                id,
                data(id).put("allowed", true).toString(),
                context.toString());
    }

    private void view(long customer, boolean transactional) throws SQLException {
        long id = next();
        ObjectNode view = JsonNodeFactory.instance.objectNode().put("customer", customer);
        String path = PAGES.get(random.nextInt(PAGES.size()));
        view.putObject("page").put("path", path);
        view.put("agent", AGENT).put("change_id", id);
        // the ledger first: the message must be the last thing in its transaction, as an application would emit it
        ledger("page.viewed", customer, path, data(id));
        execute("select pg_logical_emit_message(?, 'page-view', ?)", transactional, view.toString());
    }

    private void login(long customer, int times) throws SQLException {
        long first = sequence + 1;
        sequence += times;
        execute(
                "insert into logins select i, ?, '10.0.0.' || i % 250, ?, i from generate_series(?, ?) i",
                customer, AGENT, id(first), id(sequence));
        execute(
                "insert into ledger (type, actor, object, data, context, told) "
                        + "select 'customer.logged-in', ?, i::text, jsonb_build_object('change_id', i), ?::jsonb, agreed(?) "
                        + "from generate_series(?, ?) i order by i",
                Long.toString(customer),
                context.toString(),
                customer,
                id(first),
                id(sequence));
    }

    private void placeOrder(long customer) throws SQLException {
        long order = next();
        BigDecimal total = BigDecimal.valueOf(random.nextInt(100_000), 2);
        execute(
                "insert into orders (id, customer_id, status, total, change_id) values (?, ?, 'placed', ?, ?)",
                order,
                customer,
                total,
                order);
        ledger("order.placed", customer, Long.toString(order), data(order).put("total", total));
        for (int i = random.nextInt(4); i >= 0; i--) {
            long line = next();
            execute(
                    "insert into order_lines values (?, ?, ?, ?, ?, ?)",
                    line,
                    order,
                    customer,
                    "sku-" + random.nextInt(50),
                    1 + random.nextInt(5),
                    line);
            lines.add(line);
        }
        orders.add(order);
        view(customer, true);
    }

    /** An update of a named column, and one of a column that no rule names. */
    private void moveOrder() throws SQLException {
        if (orders.isEmpty()) {
            return;
        }
        long order = orders.get(random.nextInt(orders.size()));
        execute("update orders set note = ? where id = ?", "seen " + sequence, order);
        long id = next();
        String status = random.nextBoolean() ? "paid" : "shipped";
        execute(
                "with moved as (update orders set status = ?, change_id = ? where id = ? and status <> ? "
                        + "returning id, customer_id) "
                        + "insert into ledger (type, actor, object, data, context, told) "
                        + "select ?, customer_id, id, ?::jsonb, ?::jsonb, agreed(customer_id) from moved",
                status,
                id,
                order,
                status,
                "order." + status,
                data(id).put("status", status).toString(),
                context.toString());
    }

    private void removeLine() throws SQLException {
        if (lines.isEmpty()) {
            return;
        }
        long line = lines.remove(random.nextInt(lines.size()));
        execute(
                "with gone as (delete from order_lines where id = ? returning *) "
                        + "insert into ledger (type, actor, object, data, context, told) "
                        + "select 'order.line-removed', customer_id, id, jsonb_build_object("
                        + "'change_id', change_id, 'sku', sku, 'quantity', quantity), ?::jsonb, agreed(customer_id) from gone",
                line,
                context.toString());
    }

    private void editProfile(long customer, int kind) throws SQLException {
        long id = next();
        if (kind < 94) {
            execute("update customers set email = ?, change_id = ? where id = ?", id + "@example.org", id, customer);
            ledger("customer.changed-email", customer, "", data(id));
        } else if (kind < 97) {
            boolean allowed = random.nextBoolean();
            execute(
                    "insert into consent values (?, 'marketing', ?, now(), ?) on conflict (actor, category) do update "
                            + "set allowed = excluded.allowed, changed_at = now(), change_id = excluded.change_id",
                    customer,
                    allowed,
                    id);
            ledger("customer.decided-consent", customer, "marketing", data(id).put("allowed", allowed));
        } else if (kind < 98) {
            leaveForGood(customer, id);
        } else {
            execute("update customers set note = ? where id = ?", "visit " + id, customer);
        }
    }

    /** Some no longer agree, for good: what is stored of them must go. */
    private void leaveForGood(long customer, long id) throws SQLException {
        execute(
                "with gone as (update consent set allowed = false, changed_at = now(), change_id = ?"
                        + " where actor = ? and category = 'activity' and allowed returning actor)"
                        + " insert into ledger (type, actor, object, data, context, told)"
                        + " select 'actor.erased', actor, '', '{}', '{}', true from gone",
                id,
                customer);
        gone[(int) (customer % 1_000)] = true;
    }

    private void ledger(String type, long actor, String object, ObjectNode data) throws SQLException {
        execute(
                "insert into ledger (type, actor, object, data, context, told)"
                        + " values (?, ?, ?, ?::jsonb, ?::jsonb, agreed(?))",
                type,
                Long.toString(actor),
                object,
                data.toString(),
                context.toString(),
                actor);
    }

    private static ObjectNode data(long id) {
        return JsonNodeFactory.instance.objectNode().put("change_id", id);
    }

    private long next() {
        return id(++sequence);
    }

    private long id(long n) {
        return (number + 1) * 1_000_000_000L + n;
    }

    private void execute(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }
}
