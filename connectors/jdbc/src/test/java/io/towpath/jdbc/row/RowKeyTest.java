package io.towpath.jdbc.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class RowKeyTest {

    private static RowKey key(Schema schema, Object value) {
        Shape shape = new Shape(List.of(Column.of("id", schema)), List.of("id"));
        return RowKey.of(new SinkRecord("t", 0, null, null, null, null, 0), shape, new Object[] {value});
    }

    private static RowKey text(String text) {
        return key(Schema.STRING_SCHEMA, text);
    }

    @Test
    void aNumberIsTheSameKeyInEveryWidthAndAsItsDigits() {
        assertThat(List.of(key(Schema.INT16_SCHEMA, (short) 7), key(Schema.INT32_SCHEMA, 7), key(null, 7L), text("7")))
                .containsOnly(key(Schema.INT64_SCHEMA, 7L));
        assertThat(text("-7")).isEqualTo(key(Schema.INT64_SCHEMA, -7L));
        assertThat(text(Long.toString(Long.MAX_VALUE))).isEqualTo(key(Schema.INT64_SCHEMA, Long.MAX_VALUE));
        assertThat(text(Long.toString(Long.MIN_VALUE))).isEqualTo(key(Schema.INT64_SCHEMA, Long.MIN_VALUE));
    }

    @Test
    void textsThatAreNoNumberStayDifferentKeys() {
        List<RowKey> keys = List.of(
                text("7"), text("07"), text("+7"), text("7 "), text("-0"), text("0"), text("-"), text(""), text("٧"));
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void everyTaskSortsTheSameKeysTheSameWay() {
        List<RowKey> sorted = List.of(text("-3"), text("2"), text("10"), text(""), text("07"), text("a"), text("b"));
        List<RowKey> keys = new ArrayList<>(sorted);
        Collections.reverse(keys);
        Collections.sort(keys);
        assertThat(keys).isEqualTo(sorted);
    }
}
