package io.towpath.capture.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.capture.binlog.Gtids;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class MariaDbGtidsTest {

    @Test
    void aTransactionReplacesTheLastOneOfItsDomainOnly() {
        assertThat(MariaDbGtids.parse("0-1-270,1-3-9").with("0-2-271")).hasToString("0-2-271,1-3-9");
        assertThat(MariaDbGtids.parse("").with("0-1-1")).hasToString("0-1-1");
        assertThat(MariaDbGtids.parse(null)).hasToString("");
    }

    @Test
    void aPlaceLiesBeforeTransactionsThatItDoesNotHold() {
        Gtids place = MariaDbGtids.parse("0-1-270,1-3-9");

        assertThat(place.before(MariaDbGtids.parse("0-1-270"))).isEmpty();
        assertThat(place.before(MariaDbGtids.parse("0-9-271"))).hasToString("Optional[0-9-271]");
        assertThat(place.before(MariaDbGtids.parse("2-1-1"))).hasToString("Optional[2-1-1]");
        assertThat(MariaDbGtids.parse("").before(MariaDbGtids.parse(""))).isEmpty();
    }

    @Test
    void whatIsNoGtidIsRefused() {
        assertThatThrownBy(() -> MariaDbGtids.parse("0-1")).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> MariaDbGtids.parse("0-1-x")).isInstanceOf(ConnectException.class);
    }
}
