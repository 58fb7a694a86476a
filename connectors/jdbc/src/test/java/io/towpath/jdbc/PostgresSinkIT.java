package io.towpath.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.local.PostgresServer;
import io.towpath.local.Stack;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every dialect must do, on PostgreSQL. */
class PostgresSinkIT {
    @TempDir
    static Path directory;

    private static Stack stack;
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        stack = Stack.embedded(directory);
        server = stack.postgres("pg");
    }

    @AfterAll
    static void close() {
        stack.close();
    }

    @Nested
    class Fencing extends FencingContract {
        @Override
        Database create(String name) {
            return Database.create(server, name);
        }
    }

    @Nested
    class Kept extends KeptTableContract {
        @Override
        Database create(String name) {
            return Database.create(server, name);
        }

        @Override
        String dialect() {
            return "postgres";
        }

        @Override
        String definition(Database database) throws SQLException {
            return database.rows("SELECT 'CREATE TABLE ' || relname || ' (' || (SELECT string_agg(attname || ' '"
                            + " || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END"
                            + " || coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), ''), ', ' ORDER BY attnum)"
                            + " FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum"
                            + " WHERE attrelid = c.oid AND attnum > 0) || ', ' || (SELECT pg_get_constraintdef(oid)"
                            + " FROM pg_constraint WHERE conrelid = c.oid AND contype = 'p') || ') WITH ('"
                            + " || array_to_string(reloptions, ', ') || ')'"
                            + " FROM pg_class c WHERE relname = 'towpath_sink_offsets'")
                    .get(0);
        }
    }

    @Nested
    class Changes extends ChangesContract {
        @Override
        Database create(String name) {
            return Database.create(server, name);
        }
    }

    @Nested
    class Refusals extends RefusalsContract {
        @Override
        Database create(String name) {
            return Database.create(server, name);
        }

        /** What the commit refuses is found as what a statement refuses is; a child may stand before its parent. */
        @Test
        void aRowThatADeferredConstraintRefusesIsABadRecord() throws Exception {
            Database database = create("deferred");
            database.run("CREATE TABLE people (name varchar(5) PRIMARY KEY, head varchar(5)"
                    + " REFERENCES people DEFERRABLE INITIALLY DEFERRED)");
            Schema person = SchemaBuilder.struct()
                    .field("name", Schema.STRING_SCHEMA)
                    .field("head", Schema.STRING_SCHEMA)
                    .build();
            List<SinkRecord> batch = new ArrayList<>();
            for (String[] row : new String[][] {{"b", "a"}, {"a", "a"}, {"d", "none"}, {"c", "b"}}) {
                Struct value = new Struct(person).put("name", row[0]).put("head", row[1]);
                batch.add(Events.record(Events.P0, batch.size(), null, null, person, value));
            }
            try (Owner owner = queue(database, "collection.name.format", "people")) {
                owner.puts(batch);
            }
            assertThat(letters).hasSize(1);
            assertThat(letters.get(0)).startsWith("events-0@2 ").contains("SQLSTATE 23503");
            assertThat(database.rows("SELECT name FROM people ORDER BY name")).containsExactly("a", "b", "c");
        }
    }

    @Nested
    class Locks extends LocksContract {
        @Override
        Database create(String name) {
            return Database.create(server, name);
        }

        /** MariaDB has no lock for this: it ends the deadlock, and the batch is tried again. */
        @Test
        void twoTasksThatDeleteAndWriteTheSameKeysDoNotDeadlock() throws Exception {
            assertNoDeadlock("mixed", true);
        }
    }

    @Nested
    class Versions extends VersionsContract {
        @Override
        Database create(String name) {
            return Database.create(server, name);
        }
    }

    @Nested
    class Faults extends FaultsContract {
        @Override
        Database create(String name) {
            return Database.create(server, name);
        }

        /** Each row takes half a second, each statement may take two. */
        @Test
        void aBatchThatTakesTooLongIsWrittenInPartsAndARecordThatAloneDoesStops() throws Exception {
            Database database = eventsTable("slow");
            database.run("CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS"
                    + " 'BEGIN PERFORM pg_sleep(CASE WHEN NEW.id = 9 THEN 60 ELSE 0.5 END); RETURN NEW; END'");
            database.run("CREATE TRIGGER slow BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION linger()");
            try (Owner owner = new Owner(database.config("session.statement.timeout.ms", "2000")).opens(Events.P0)) {
                putUntilItPasses(owner, rows(Events.P0, 0, 8));
                assertThatThrownBy(() -> putUntilItPasses(owner, rows(Events.P0, 9, 10)))
                        .isInstanceOf(ConnectException.class)
                        .isNotInstanceOf(RetriableException.class)
                        .hasMessageContaining("events-0@9 alone takes longer than session.statement.timeout.ms");
            }
            assertThat(database.rows("SELECT count(*), count(DISTINCT id) FROM events"))
                    .containsExactly("8|8");
        }

        @Test
        void aServerThatIsStillAStandbyIsLeftAndLookedForAgain() throws Exception {
            Database database = eventsTable("standby");
            database.run("ALTER DATABASE standby SET default_transaction_read_only = on");
            try (Owner owner = new Owner(database.config()).opens(Events.P0)) {
                assertThatThrownBy(() -> owner.puts(Events.flat(Events.P0, 0, 1, "a")))
                        .isInstanceOf(RetriableException.class)
                        .hasMessageContaining("25006");
                database.run("BEGIN READ WRITE; ALTER DATABASE standby RESET default_transaction_read_only; COMMIT");
                putUntilItPasses(owner, List.of(Events.flat(Events.P0, 0, 1, "a")));
            }
            assertThat(database.count("events")).isEqualTo(1);
        }
    }

    @Nested
    class Types extends TypesContract {
        @Override
        Database create(String name) {
            return Database.create(server, name);
        }
    }

    @Nested
    class Parking extends ParkingContract {
        @Override
        Database create(String name) {
            return Database.create(server, name);
        }
    }

    @Nested
    class Uniques extends UniquesContract {
        @Override
        Database create(String name) {
            return Database.create(server, name);
        }

        @Test
        void anIndexOnAnExpressionRefusesARowAndStopsNothing() throws Exception {
            Database database = items("expression", "none");
            database.run("CREATE UNIQUE INDEX ON items (lower(text), id)");
            database.run("CREATE UNIQUE INDEX ON items (lower(text))");
            try (Owner owner = owner(database, "none")) {
                owner.puts(source.at(1).create(1, "a", "TEXT"), source.at(2).create(2, "b", "text"));
            }
            assertThat(letters)
                    .hasSize(1)
                    .allSatisfy(letter -> assertThat(letter).contains("unique column"));
            assertThat(database.rows(ALL)).containsExactly("1|a");
        }
    }

    @Nested
    class Erasure extends ErasureContract {
        @Override
        Database create(String name) {
            return Database.create(server, name);
        }
    }

    @Nested
    class Validation extends ValidationContract {
        @Override
        Database create(String name) {
            return Database.create(server, name);
        }
    }

    @Nested
    class Evolution extends EvolutionContract {
        @Override
        Database create(String name) {
            return Database.create(server, name);
        }
    }

    @Nested
    class Keys extends KeysContract {
        @Override
        Database create(String name) {
            return Database.create(server, name);
        }
    }

    @Nested
    class Observed extends ObservedContract {
        @Override
        Database create(String name) {
            return Database.create(server, name);
        }

        @Test
        void aSessionEndsByItselfWhenItsTaskStandsStillOrIsGone() throws Exception {
            assertThat(sessionOf(create("sessions"))
                            .apply("SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings"
                                    + " WHERE name IN ('idle_in_transaction_session_timeout', 'lock_timeout',"
                                    + " 'statement_timeout', 'tcp_keepalives_idle', 'tcp_user_timeout')"))
                    .isEqualTo("idle_in_transaction_session_timeout=8000 lock_timeout=3000 statement_timeout=4000"
                            + " tcp_keepalives_idle=2 tcp_user_timeout=8000");
        }
    }
}
