package io.towpath.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.DatabaseServer;
import io.towpath.local.Stack;
import io.towpath.local.TrialSize;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every dialect must do, on a server that the dialect of MariaDB writes to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MariaDbDialectContracts {
    @TempDir
    static Path directory;

    private Stack stack;
    private DatabaseServer server;

    abstract DatabaseServer server(Stack stack);

    @BeforeAll
    final void start() {
        stack = Stack.embedded(directory);
        server = server(stack);
    }

    @AfterAll
    final void close() {
        stack.close();
    }

    final Database create(String name) {
        return Database.create(server, name);
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
            return "mariadb";
        }

        @Override
        String definition(Database database) throws SQLException {
            return database.rows("SHOW CREATE TABLE towpath_sink_offsets")
                    .get(0)
                    .split("\\|", 2)[1];
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

        /** The driver closes the connection over a packet that it has begun to send. */
        @Test
        void aRowThatNoPacketHoldsIsABadRecordAndTheRestIsWritten() throws Exception {
            Database database = create("packets");
            database.run("CREATE TABLE events (id bigint PRIMARY KEY, name longtext)");
            database.run("SET GLOBAL max_allowed_packet = 16 << 20"); // MariaDB's own limit
            int tooMany = 17 << 20;
            try (Owner owner = queue(database, "refused.limit.percent", "100")) {
                owner.puts(
                        Events.flat(Events.P0, 0, 0, "a"),
                        Events.flat(Events.P0, 1, 1, "x".repeat(tooMany)),
                        Events.flat(Events.P0, 2, 2, "'".repeat(tooMany / 2)),
                        Events.flat(Events.P0, 3, 3, "y".repeat(tooMany / 2)),
                        Events.flat(Events.P0, 4, 4, "b"));
            }
            assertThat(letters)
                    .hasSize(2)
                    .allSatisfy(letter -> assertThat(letter).contains("too long"));
            assertThat(database.rows("SELECT id, length(name) FROM events ORDER BY id"))
                    .containsExactly("0|1", "3|" + tooMany / 2, "4|1");
        }
    }

    @Nested
    class Locks extends LocksContract {
        @Override
        Database create(String name) {
            return Database.create(server, name);
        }

        /** There is no lock for a whole table that ends with the transaction. */
        @Test
        void deadlocksOfTasksThatDeleteAndWriteTheSameKeysLoseNothing() throws Exception {
            int again = assertNothingIsLostToDeadlocks("deadlocks");
            TrialSize.figure("batches written again after a deadlock", again);
            assertThat(again)
                    .as("batches that the database ended to break a circle")
                    .isPositive();
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
    }
}
