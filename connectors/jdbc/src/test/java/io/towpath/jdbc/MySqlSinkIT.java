package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static io.towpath.jdbc.Events.flat;
import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.DatabaseServer;
import io.towpath.local.MySqlServer;
import io.towpath.local.Part;
import io.towpath.local.Stack;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What every dialect must do, on MySQL, where the machine has it. */
@EnabledIf("installed")
class MySqlSinkIT extends MariaDbDialectContracts {

    /** A container that is skipped has no line of its own for its reason. */
    static boolean installed() {
        return Part.isHereOrTold(MySqlServer.installed(), "no MySQL on the PATH; the sink is not tried on it");
    }

    @Override
    DatabaseServer server(Stack stack) {
        return stack.mysql("mysql");
    }

    @Test
    void aSessionEndsByItselfWhenItsTaskStandsStill() throws Exception {
        assertThat(
                        ObservedContract.sessionOf(create("sessions"))
                                .apply(
                                        "SELECT concat_ws(' ', @@wait_timeout, @@innodb_lock_wait_timeout, @@lock_wait_timeout)"))
                .isEqualTo("8 3 3");
    }

    /** MySQL ends a session whether or not it is inside a transaction. */
    @Test
    void aSessionThatEndedWhileNothingCameCostsNoBatch() throws Exception {
        Database database = create("rests");
        database.run("CREATE TABLE events (id bigint, name varchar(50))");
        try (Owner owner = new Owner(database.config("session.idle.timeout.ms", "1000")).opens(P0)) {
            owner.puts(flat(P0, 0, 1, "a"));
            Awaitility.await("MySQL to end the sink's session")
                    .until(() -> database.rows("SELECT id FROM information_schema.processlist WHERE db = 'rests'")
                                    .size()
                            == 1);
            owner.puts(flat(P0, 1, 2, "b"));
        }
        assertThat(database.count("events")).isEqualTo(2);
    }
}
