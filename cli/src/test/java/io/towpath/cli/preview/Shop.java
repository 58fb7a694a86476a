package io.towpath.cli.preview;

import io.towpath.local.DatabaseServer;
import io.towpath.local.MariaDbServer;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/** A database with orders, and a seeded client of it; its log gets rows one by one, many at once, and messages. */
final class Shop {

    private static final int MANY = 700;

    private final String name;
    private final DatabaseServer server;
    private int next;
    private final AtomicLong activities = new AtomicLong();

    private Shop(String name, DatabaseServer server) {
        this.name = name;
        this.server = server;
    }

    static Shop create(String name, DatabaseServer server) throws SQLException {
        server.createDatabase(name);
        Shop shop = new Shop(name, server);
        try (Connection db = shop.connect()) {
            run(db, "create table orders (id int primary key, customer int, status varchar(20), total decimal(10, 2))");
            if (shop.messages()) {
                run(db, "alter table orders replica identity full");
            } else {
                run(db, "create table said (request varchar(40))");
            }
        }
        return shop;
    }

    String name() {
        return name;
    }

    /** How many activities the client's committed transactions must become. */
    long activities() {
        return activities.get();
    }

    Runnable load(long seed, int transactions) {
        return () -> {
            Random random = new Random(seed);
            try (Connection db = connect()) {
                db.setAutoCommit(false);
                for (int i = 0; i < transactions; i++) {
                    int mine = transaction(db, random);
                    if (random.nextInt(10) == 0) {
                        db.rollback();
                    } else {
                        db.commit();
                        activities.addAndGet(mine);
                    }
                }
            } catch (SQLException | IOException e) {
                throw new IllegalStateException("the client of " + name + " failed, seed " + seed, e);
            }
        };
    }

    private int transaction(Connection db, Random random) throws SQLException, IOException {
        return switch (random.nextInt(12)) {
            case 0 -> {
                say(db, "r-" + next);
                yield many(db);
            }
            case 1 -> many(db);
            case 2, 3, 4 -> view(db);
            case 5, 6 -> insert(db, 1 + random.nextInt(20)) + view(db);
            case 7 -> {
                run(db, "delete from orders where id = " + next);
                yield insert(db, 1);
            }
            default -> {
                insert(db, 1);
                run(db, "update orders set status = 'paid' where id = " + next);
                yield 2;
            }
        };
    }

    private int insert(Connection db, int rows) throws SQLException {
        run(
                db,
                "insert into orders values "
                        + IntStream.range(0, rows)
                                .mapToObj(row -> "(" + ++next + ", " + next % 50 + ", 'new', 1.5)")
                                .collect(Collectors.joining(", ")));
        return rows;
    }

    private int many(Connection db) throws SQLException, IOException {
        if (!messages()) {
            return insert(db, MANY);
        }
        String rows = IntStream.range(0, MANY)
                .mapToObj(row -> ++next + "\t" + next % 50 + "\tnew\t2.25\n")
                .collect(Collectors.joining());
        db.unwrap(PGConnection.class).getCopyAPI().copyIn("copy orders from stdin", new StringReader(rows));
        return MANY;
    }

    private int view(Connection db) throws SQLException {
        if (!messages()) {
            return insert(db, 1);
        }
        run(db, "select pg_logical_emit_message(true, 'page-view', '{\"user\":\"" + next + "\"}')");
        return 1;
    }

    private void say(Connection db, String request) throws SQLException {
        run(
                db,
                messages()
                        ? "select pg_logical_emit_message(true, 'ctx', '{\"request\":\"" + request + "\"}')"
                        : "insert into said values ('" + request + "')");
    }

    /** Writes the keys of this database and its rules. */
    void describe(Map<String, String> config) {
        String prefix = "databases." + name + ".";
        config.put(prefix + "connector", messages() ? "postgresql" : "mariadb");
        config.put(prefix + "hostname", server.host());
        config.put(prefix + "port", Integer.toString(server.port()));
        config.put(prefix + "user", server.user());
        config.put(prefix + "password", server.password());
        if (!messages()) {
            config.put(prefix + "context.table", name + ".said");
        }
        for (String on : new String[] {"insert", "update"}) {
            String rule = name + "-" + on;
            config.merge("rules", rule, (all, one) -> all + "," + one);
            config.put("rules." + rule + ".table", (messages() ? "public" : name) + ".orders");
            config.put("rules." + rule + ".on", on);
            config.put("rules." + rule + ".type", "order." + on);
            config.put("rules." + rule + ".actor.id", "${customer}");
            config.put("rules." + rule + ".object.type", "order");
            config.put("rules." + rule + ".object.id", "${id}");
            config.put("rules." + rule + ".data", "status,total");
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(name), server.user(), server.password());
    }

    /** Whether its log takes messages. */
    private boolean messages() {
        return !(server instanceof MariaDbServer);
    }

    private static void run(Connection db, String sql) throws SQLException {
        try (Statement statement = db.createStatement()) {
            statement.execute(sql);
        }
    }
}
