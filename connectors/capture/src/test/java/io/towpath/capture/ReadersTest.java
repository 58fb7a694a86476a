package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.towpath.capture.reader.DatabaseReader;
import io.towpath.capture.reader.Handoff;
import io.towpath.capture.reader.Sessions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadersTest {

    private Readers readers;

    @AfterEach
    void stop() {
        readers.stop();
    }

    @Test
    void aDatabaseThatCannotBeReadIsTriedAgainAndDoesNotFailTheTask() throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        start(false, resume -> {
            attempts.incrementAndGet();
            throw new SQLException("down", "08001");
        });

        await().until(() -> attempts.get() >= 2);
        readers.throwFailure();
        assertThat(readers.of("shop").isReading()).isFalse();
    }

    @Test
    void aDatabaseThatCannotBeReadFailsTheTaskWhereThatIsAskedFor() {
        start(true, resume -> {
            throw new SQLException("down", "08001");
        });

        await().until(() -> readers.of("shop").failure().isPresent());
        assertThatThrownBy(() -> readers.throwFailure())
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("database shop")
                .hasCauseInstanceOf(SQLException.class);
    }

    @Test
    void anErrorThatNobodyHandlesFailsTheTaskRatherThanStoppingOneDatabaseInSilence() {
        start(false, resume -> {
            throw new NoClassDefFoundError("gone");
        });

        await().untilAsserted(() -> assertThatThrownBy(() -> readers.throwFailure())
                .isInstanceOf(ConnectException.class)
                .hasCauseInstanceOf(NoClassDefFoundError.class));
    }

    @Test
    void aChangeThatNoRuleCanReadFailsTheTaskAndIsNotTriedAgain() throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        start(false, resume -> {
            attempts.incrementAndGet();
            throw new DataException("rule 'placed'");
        });

        await().until(() -> readers.of("shop").failure().isPresent());
        assertThatThrownBy(() -> readers.throwFailure())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("rule 'placed'");
        assertThat(attempts).hasValue(1);
    }

    private void start(boolean failOnError, Sessions sessions) {
        DatabaseReader reader = new DatabaseReader("shop", sessions, Optional.empty(), new Handoff(10), failOnError);
        readers = new Readers("test", List.of(reader), List.of(), getClass().getClassLoader());
        readers.start();
    }
}
