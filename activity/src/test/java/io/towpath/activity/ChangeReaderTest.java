package io.towpath.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class ChangeReaderTest {

    private static final Map<String, Object> SOURCE =
            Map.of("name", "dc1", "db", "shop", "schema", "public", "table", "t", "txId", 5, "lsn", 9, "ts_ms", 1);

    @Test
    void theOperatorsNamesGoBeforeTheEvents() {
        Map<String, Object> value = Map.of("op", "c", "after", Map.of("id", 1), "source", SOURCE);
        assertThat(read(value).orElseThrow().origin()).isEqualTo(new Change.Origin("dc1", "shop", "5", "9", 0));
        SourceRecord record = record(value);
        assertThat(new ChangeReader("7341", "eu").read(record).orElseThrow().origin())
                .isEqualTo(new Change.Origin("7341", "eu", "5", "9", 0));
    }

    @Test
    void theOrdinalIsThatOfTheTransaction() {
        Map<String, Object> value = Map.of("op", "d", "source", SOURCE, "transaction", Map.of("total_order", 3));
        assertThat(read(value).orElseThrow().origin().ordinal()).isEqualTo(3);
    }

    @Test
    void microsecondsGoBeforeMilliseconds() {
        Map<String, Object> source = new HashMap<>(SOURCE);
        source.put("ts_us", 1767225600123456L);
        assertThat(read(Map.of("op", "c", "source", source)).orElseThrow().occurredAt())
                .isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
    }

    @Test
    void whatIsNoChangeIsEmpty() {
        assertThat(read(null)).isEmpty();
        assertThat(read("text")).isEmpty();
        assertThat(read(Map.of("ts_ms", 1))).isEmpty();
        assertThat(read(Map.of("status", "BEGIN", "id", "5"))).isEmpty();
        assertThat(read(Map.of("op", "c"))).isEmpty();
        assertThat(read(Map.of("op", "x", "source", SOURCE))).isEmpty();
        assertThat(read(Map.of("op", "m", "source", SOURCE))).isEmpty();
    }

    @Test
    void contentComesAsBytesBase64OrJson() {
        assertContent(ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)));
        assertContent("{}".getBytes(StandardCharsets.UTF_8));
        assertContent("e30=");
        assertContent("{}");
    }

    @Test
    void contentOfAnotherCodingIsRefusedWithoutShowingIt() {
        Map<String, Object> message = Map.of("prefix", "p", "content", "!secret!");
        assertThatThrownBy(() -> read(Map.of("op", "m", "source", SOURCE, "message", message)))
                .isInstanceOf(DataException.class)
                .hasMessage("content of a logical message is neither bytes, base64 nor a JSON object");
    }

    @Test
    void nullStaysNullWhereTheColumnHasADefault() {
        Schema schema = SchemaBuilder.struct()
                .field("n", SchemaBuilder.int32().optional().defaultValue(5).build())
                .build();
        Row row = Row.of(new Struct(schema));
        assertThat(row.get("n")).isNull();
        assertThat(row.has("n")).isTrue();
        assertThat(row.get("m")).isNull();
        assertThat(row.has("m")).isFalse();
        assertThat(row.columns()).containsExactly("n");
    }

    private static void assertContent(Object content) {
        Map<String, Object> message = Map.of("prefix", "p", "content", content);
        Change change =
                read(Map.of("op", "m", "source", SOURCE, "message", message)).orElseThrow();
        assertThat(StandardCharsets.UTF_8.decode(change.content().duplicate()).toString())
                .isEqualTo("{}");
        assertThat(change.content().isReadOnly()).isTrue();
    }

    private static Optional<Change> read(Object value) {
        return new ChangeReader().read(record(value));
    }

    private static SourceRecord record(Object value) {
        return new SourceRecord(Map.of(), Map.of(), "topic", null, value);
    }
}
