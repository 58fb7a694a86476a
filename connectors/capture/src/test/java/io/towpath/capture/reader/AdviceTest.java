package io.towpath.capture.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.sql.SQLException;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class AdviceTest {

    private static ConnectException delegates(Throwable cause) {
        return new ConnectException(
                "An exception occurred in the change event producer. This connector will be stopped.", cause);
    }

    @Test
    void whatWeSayOurselvesIsSaidAsItIs() {
        assertThat(Advice.on(new ConnectException("slot s is gone", new IllegalStateException("inner"))))
                .isEqualTo("slot s is gone");
    }

    @Test
    void aChangeThatTheDelegateCannotReadIsNotCalledAStop() {
        Exception problem = delegates(new IllegalStateException(
                "Error processing binlog event", new IllegalStateException("table shop.orders is not known")));

        assertThat(Advice.on(problem))
                .isEqualTo("a change cannot be read (table shop.orders is not known); to go on behind it, stop the"
                        + " connector and set its offset");
    }

    @Test
    void whatTheServerSaysThroughTheNetworkIsSaidWithoutTheWrapper() {
        assertThat(Advice.on(delegates(new IOException("Could not find first log file name in binary log index file"))))
                .isEqualTo("Could not find first log file name in binary log index file");
        assertThat(Advice.on(delegates(new IllegalStateException("Error processing", new EOFException()))))
                .isEqualTo("Error processing");
    }

    @Test
    void aStateOfTheServerIsToldHoweverDeepItLies() {
        assertThat(Advice.on(delegates(new SQLException("no", "55000")))).startsWith("its slot is broken");
        assertThat(Advice.on(delegates(new SQLException("no", "42704")))).startsWith("its slot or its publication");
        assertThat(Advice.on(new SQLException("no", "08006"))).startsWith("it does not answer");
    }
}
