package io.towpath.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A source table with large values out of line, whose rows are inserted, changed in part, given other keys and deleted.
 * Where the log has no old rows ({@code whole} is false), a change of the key also writes the large values anew.
 */
final class BusyTable {
    static final String COLUMNS = "id, name, price, tags::text, doc, at, flag, md5(body) AS body, md5(raw) AS raw";

    private final String name;
    private final boolean whole;
    private final Random random;
    private final List<Long> ids = new ArrayList<>();
    private long nextId;

    BusyTable(String name, boolean whole, long seed) {
        this.name = name;
        this.whole = whole;
        this.random = new Random(seed);
    }

    String name() {
        return name;
    }

    void create(Connection connection) throws SQLException {
        run(
                connection,
                "CREATE TABLE " + name + " (id bigint PRIMARY KEY, name varchar(40) NOT NULL, price numeric(12, 3),"
                        + " tags text[], doc jsonb, at timestamptz, flag boolean, body text, raw bytea)");
        run(connection, "ALTER TABLE " + name + " ALTER body SET STORAGE EXTERNAL, ALTER raw SET STORAGE EXTERNAL");
        if (whole) {
            run(connection, "ALTER TABLE " + name + " REPLICA IDENTITY FULL");
        }
    }

    /** One to four changes in one transaction, which may be rolled back. */
    void transaction(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        List<Long> before = List.copyOf(ids);
        for (int change = random.nextInt(4); change >= 0; change--) {
            run(connection, change());
        }
        if (random.nextInt(20) == 0) {
            ids.clear();
            ids.addAll(before);
            connection.rollback();
        } else {
            connection.commit();
        }
    }

    private String change() {
        int kind = ids.size() < 5 ? 0 : random.nextInt(10);
        if (kind < 3) {
            long id = nextId++;
            ids.add(id);
            return "INSERT INTO " + name + " VALUES (" + id + ", 'n" + id + "', " + random.nextInt(1_000_000)
                    + " / 8.0,"
                    + " ARRAY['a', NULL, 'c " + id + "'], '{\"n\": [" + id + ", null]}', now(), " + random.nextBoolean()
                    + ", " + body() + ", " + raw() + ")";
        }
        int index = random.nextInt(ids.size());
        long id = ids.get(index);
        String where = " WHERE id = " + id;
        return switch (kind) {
            case 3, 4, 5 -> "UPDATE " + name + " SET name = 'm" + random.nextInt(1000) + "', at = now()" + where;
            case 6 -> "UPDATE " + name + " SET body = " + body() + where;
            case 7 -> "UPDATE " + name + " SET raw = NULL, price = price + 1" + where;
            case 8 -> {
                long other = random.nextBoolean() ? nextId++ : -1 - id;
                if (ids.contains(other)) {
                    yield "UPDATE " + name + " SET flag = NOT flag" + where;
                }
                ids.set(index, other);
                yield "UPDATE " + name + " SET id = " + other + (whole ? "" : ", body = " + body() + ", raw = " + raw())
                        + where;
            }
            default -> {
                ids.remove(index);
                yield "DELETE FROM " + name + where;
            }
        };
    }

    /** 3 kB or so that do not fit into the row. */
    private String body() {
        return random.nextInt(8) == 0 ? "NULL" : "repeat('" + random.nextInt(1_000_000) + " é ', 400)";
    }

    private String raw() {
        return "decode(repeat('" + String.format("%06x", random.nextInt(0xffffff)) + "', 1000), 'hex')";
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
