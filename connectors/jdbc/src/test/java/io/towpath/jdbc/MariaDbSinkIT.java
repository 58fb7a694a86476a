package io.towpath.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.DatabaseServer;
import io.towpath.local.Stack;
import org.junit.jupiter.api.Test;

/** What every dialect must do, on MariaDB. */
class MariaDbSinkIT extends MariaDbDialectContracts {

    @Override
    DatabaseServer server(Stack stack) {
        return stack.mariadb("maria");
    }

    @Test
    void aSessionEndsByItselfWhenItsTaskStandsStill() throws Exception {
        assertThat(ObservedContract.sessionOf(create("sessions"))
                        .apply("SELECT concat_ws(' ', @@idle_transaction_timeout, @@innodb_lock_wait_timeout,"
                                + " @@lock_wait_timeout, round(@@max_statement_time))"))
                .isEqualTo("8 3 3 4");
    }
}
