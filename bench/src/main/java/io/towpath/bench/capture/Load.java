package io.towpath.bench.capture;

import io.towpath.local.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The changes that are captured: over three tables, two of them by insert and one by update; half in transactions of one
 * change and half of a hundred.
 */
final class Load {

    private static final String TABLES = """
            create table orders (id bigint primary key, customer bigint, status text, total numeric(10, 2), note text);
            create table payments (id bigint primary key, customer bigint, method text, amount numeric(10, 2), note text);
            create table visits (id bigint primary key, customer bigint, page text, agent text, at timestamptz);
            insert into visits select n, n, '/', 'Mozilla/5.0 (bench)', now() from generate_series(0, 999) n;
            create sequence change;
            create procedure change_once(i bigint) language plpgsql as $$ begin
              if i % 3 = 0 then
                insert into orders values (i, i % 5000, 'placed', i % 1000 + 0.5, 'left at the door, if nobody is in');
              elsif i % 3 = 1 then
                insert into payments values (i, i % 5000, 'card', i % 1000 + 0.5, 'in one sum');
              else
                update visits set page = '/page/' || i, at = now() where id = (i / 3) % 1000;
              end if;
            end $$;
            create procedure changes(n int) language plpgsql as $$ begin
              set synchronous_commit = off;
              for i in 1..n / 2 loop
                call change_once(nextval('change'));
                commit;
              end loop;
              for i in 1..n - n / 2 loop
                call change_once(nextval('change'));
                if i % 100 = 0 then
                  commit;
                end if;
              end loop;
            end $$""";

    private final PostgresServer server;
    private final String database;

    Load(PostgresServer server, String database) {
        this.server = server;
        this.database = database;
    }

    /** The empty tables, in a database of their own. */
    void prepare() throws SQLException {
        server.createDatabase(database);
        run(TABLES);
    }

    /** Makes {@code count} changes. */
    void change(int count) throws SQLException {
        run("call changes(" + count + ")");
    }

    private void run(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(database), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
