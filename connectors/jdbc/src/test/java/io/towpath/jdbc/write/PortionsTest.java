package io.towpath.jdbc.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class PortionsTest {
    private static final String TOOK_TOO_LONG = "57014";

    private final SQLException failure = new SQLException("canceling statement");
    private final Portions portions = new Portions();
    private final List<SinkRecord> batch = LongStream.range(0, 250)
            .mapToObj(i -> new SinkRecord("events", 0, null, null, null, null, i))
            .toList();

    private int size() {
        return portions.next(batch, 0).size();
    }

    private void fails() {
        portions.failed(portions.next(batch, 0), TOOK_TOO_LONG, failure);
    }

    @Test
    void theSecondTimeATenthIsTriedAndSoOnDownToOneRecord() {
        assertThat(size()).isEqualTo(250);
        fails();
        assertThat(size()).isEqualTo(250);
        fails();
        assertThat(size()).isEqualTo(25);
        fails();
        assertThat(size()).isEqualTo(2);
        fails();
        assertThat(portions.next(batch, 249)).containsExactly(batch.get(249));
        assertThatThrownBy(this::fails)
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("events-0@0 alone takes longer than session.statement.timeout.ms allows");
    }

    @Test
    void withEachBatchThatPassesTenTimesAsManyGoTogetherAgain() {
        fails();
        fails();
        fails();
        portions.passed();
        assertThat(size()).isEqualTo(20);
        fails();
        assertThat(size()).isEqualTo(2);
        for (int i = 0; i < 10; i++) {
            portions.passed();
        }
        assertThat(size()).isEqualTo(250);
        fails();
        assertThat(size()).isEqualTo(250);
    }

    @Test
    void anotherFailureMakesNoPortionSmaller() {
        for (int i = 0; i < 5; i++) {
            portions.failed(batch, "40001", failure);
        }
        assertThat(size()).isEqualTo(250);
    }
}
