package io.towpath.migration.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.connect.ConnectorStatus.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectorStatusTest {

    @Test
    void theReasonIsWhatThePluginSaysAndNotTheFrameworksWordForAnyFailure() {
        assertThat(failure("""
                org.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask due to unrecoverable exception.
                \tat org.apache.kafka.connect.runtime.WorkerSinkTask.deliverMessages(WorkerSinkTask.java:636)
                Caused by: org.apache.kafka.connect.errors.ConnectException: table t is not there: create it
                \tat io.towpath.jdbc.Sink.put(Sink.java:1)
                \t... 3 more
                Caused by: org.postgresql.util.PSQLException: ERROR: relation "t" does not exist
                  Position: 13
                """))
                .isEqualTo("org.apache.kafka.connect.errors.ConnectException: table t is not there: create it");
    }

    @Test
    void aFailureThatNobodyWrappedIsToldAsItIs() {
        assertThat(failure("java.lang.IllegalStateException: broken\n\tat a.B.c(B.java:1)\n"))
                .isEqualTo("java.lang.IllegalStateException: broken");
        assertThat(failure("")).isEqualTo("no trace");
    }

    @Test
    void aWrapperWithoutACauseIsBetterThanNothing() {
        assertThat(failure("E: Tolerance exceeded in error handler\n\tat a.B.c(B.java:1)\n"))
                .isEqualTo("E: Tolerance exceeded in error handler");
    }

    private static String failure(String trace) {
        State runs = new State("RUNNING", "w:1", "");
        return new ConnectorStatus("c", runs, List.of(runs, new State("FAILED", "w:1", trace)))
                .failure()
                .orElseThrow();
    }
}
