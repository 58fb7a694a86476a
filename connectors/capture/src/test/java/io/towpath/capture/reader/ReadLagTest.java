package io.towpath.capture.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class ReadLagTest {

    private static final Schema END =
            SchemaBuilder.struct().field("status", Schema.STRING_SCHEMA).field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA);

    private long now = 100_000;
    private final ReadLag lag = new ReadLag(new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }
    });

    @Test
    void itIsTheAgeOfTheLastCommitThatWasReadAndNothingOnceThereIsNothingMore() {
        lag.read(List.of(end(70_000), end(90_000)));
        assertThat(lag.seconds()).isEqualTo(10);

        now += 5_000; // Kafka takes nothing more
        assertThat(lag.seconds()).isEqualTo(15);

        lag.read(List.of());
        assertThat(lag.seconds()).isZero();
    }

    @Test
    void itGrowsWhileTheDatabaseIsNotRead() {
        lag.read(List.of());
        lag.stopped();
        now += 7_000;
        assertThat(lag.seconds()).isEqualTo(7);
    }

    private static SourceRecord end(long at) {
        Struct value = new Struct(END).put("status", "END").put("ts_ms", at);
        return new SourceRecord(Map.of(), Map.of(), "shop.transaction", END, value);
    }
}
