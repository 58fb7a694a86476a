package io.towpath.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class SaltKeyTest {

    private static final SimpleHeaderConverter CONVERTER = new SimpleHeaderConverter();
    private static final Map<String, String> CONFIG = Map.of("keys", "7,hot,AQI=,true,1.5", "salts", "4");

    @Test
    void schemaless() {
        SourceRecord text = salt(CONFIG).apply(Records.schemaless("{ key: hot, value: v, timestamp: 1000 }"));
        assertThat((String) text.key()).matches("hot#[0-3]");
        assertThat(text.headers().lastWithName("towpath.salted.key").value()).isEqualTo("string:hot");
        SourceRecord map = salt(CONFIG).apply(Records.schemaless("{ key: { id: 7 }, value: v, timestamp: 1000 }"));
        assertThat(Records.plain(map.key()))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("id", 7)
                .containsKey("__salt");
    }

    @Test
    void withSchema() {
        SourceRecord record = salt(CONFIG).apply(Records.withSchema("{ key: { id: 7 }, value: v, timestamp: 1000 }"));
        Struct key = (Struct) record.key();
        key.validate();
        assertThat(key.getInt64("id")).isEqualTo(7);
        assertThat(key.getInt32("__salt")).isBetween(0, 3);
        SourceRecord number = salt(CONFIG).apply(Records.withSchema("{ key: 7, value: v, timestamp: 1000 }"));
        assertThat((String) number.key()).matches("7#[0-3]");
        assertThat(number.keySchema()).isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
        assertThat(number.headers().lastWithName("towpath.salted.key").value()).isEqualTo("int64?:7");
    }

    @Test
    void tombstone() {
        SourceRecord record = salt(with("spread.by", "session")).apply(Records.withSchema("{ key: hot }"));
        assertThat((String) record.key()).startsWith("hot#");
        assertThat(record.value()).isNull();
        assertThat(salt(CONFIG).apply(Records.withSchema("{ value: v }")).key()).isNull();
    }

    @Test
    void fieldMissing() {
        SourceRecord other = Records.withSchema("{ key: { id: 7, shop: 1 }, value: v }");
        assertThat(salt(CONFIG).apply(other)).isSameAs(other);
        assertThat(salt(with("field", "customer")).apply(other)).isSameAs(other);
        assertThat(salt(with("field", "id")).apply(other)).isNotSameAs(other);
    }

    @Test
    void aKeyThatIsNotListedStays() {
        SourceRecord record = Records.withSchema("{ key: cold, value: v }");
        assertThat(salt(CONFIG).apply(record)).isSameAs(record);
    }

    @Test
    void theSaltStaysForAWindowAndMovesOverAllOfThem() {
        SaltKey<SourceRecord> salt = salt(CONFIG);
        Set<Object> keys = new HashSet<>();
        for (long window = 0; window < 4; window++) {
            Object first = salt.apply(hot(window * 1000)).key();
            assertThat(salt.apply(hot(window * 1000 + 999)).key()).isEqualTo(first);
            keys.add(first);
        }
        assertThat(keys).containsExactlyInAnyOrder("hot#0", "hot#1", "hot#2", "hot#3");
        assertThat(salt.apply(hot(4000)).key()).isEqualTo(salt.apply(hot(0)).key());
    }

    @Test
    void whatStaysTogetherIsChosenByAField() {
        Map<String, String> config = with("spread.by", "session.id");
        config.put("window.ms", "0");
        SaltKey<SourceRecord> salt = salt(config);
        Map<Object, Set<Object>> keys = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            String session = "s" + i % 20;
            SourceRecord record = Records.withSchema(
                    "{ key: hot, value: { session: { id: %s } }, timestamp: %d }".formatted(session, i));
            keys.computeIfAbsent(session, s -> new HashSet<>())
                    .add(salt.apply(record).key());
        }
        assertThat(keys.values())
                .allSatisfy(ofOneSession -> assertThat(ofOneSession).hasSize(1));
        assertThat(keys.values().stream().distinct()).hasSize(4);
    }

    @Test
    void withoutATimestampTheClockCounts() {
        SaltKey<SourceRecord> salt = new SaltKey<>(Clock.fixed(Instant.ofEpochMilli(2500), ZoneOffset.UTC));
        salt.configure(CONFIG);
        assertThat(salt.apply(Records.withSchema("{ key: hot, value: v }")).key())
                .isEqualTo(salt.apply(hot(2000)).key());
    }

    @Test
    void aSaltedRecordIsNotSaltedAgain() {
        SaltKey<SourceRecord> salt = salt(CONFIG);
        SourceRecord once = salt.apply(hot(0));
        assertThat(salt.apply(once)).isSameAs(once);
    }

    /** Any key, with and without schema: back to the same record, also when the header's type was guessed anew. */
    @Test
    void unsaltUndoesSalt() {
        long seed = 20260102;
        Random random = new Random(seed);
        Map<String, String> config = new HashMap<>(CONFIG);
        for (int i = 0; i < 2000; i++) {
            SchemaAndValue key = key(random);
            SourceRecord record = new SourceRecord(
                    Map.of(), Map.of(), "t", null, key.schema(), key.value(), null, "v", random.nextLong() >>> 20);
            record.headers().addString("h", "x");
            config.put("window.ms", Integer.toString(1 + random.nextInt(100)));
            SourceRecord salted = salt(config).apply(record);
            assertThat(salted.headers().size()).as("seed %d: salted", seed).isEqualTo(2);
            assertSameRecord(unsalt(salted), record, seed);
            assertSameRecord(unsalt(throughConverter(salted)), record, seed);
        }
    }

    private static void assertSameRecord(SourceRecord actual, SourceRecord expected, long seed) {
        assertThat(Objects.deepEquals(actual.key(), expected.key()))
                .as("seed %d", seed)
                .isTrue();
        assertThat(actual.keySchema()).as("seed %d", seed).isEqualTo(expected.keySchema());
        assertThat(actual.headers()).as("seed %d", seed).isEqualTo(expected.headers());
        assertThat(actual.timestamp()).as("seed %d", seed).isEqualTo(expected.timestamp());
        assertThat(actual.value()).as("seed %d", seed).isSameAs(expected.value());
    }

    private static SourceRecord unsalt(SourceRecord record) {
        return new UnsaltKey<SourceRecord>().apply(record);
    }

    private static SourceRecord throughConverter(SourceRecord record) {
        var headers = new org.apache.kafka.connect.header.ConnectHeaders();
        record.headers().forEach(header -> {
            byte[] wire = CONVERTER.fromConnectHeader("t", header.key(), header.schema(), header.value());
            headers.add(header.key(), CONVERTER.toConnectHeader("t", header.key(), wire));
        });
        return record.newRecord(
                record.topic(),
                null,
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp(),
                headers);
    }

    private static SchemaAndValue key(Random random) {
        Object[] values = {"hot", "7", (byte) 7, (short) 7, 7, 7L, 1.5f, 1.5d, true, new byte[] {1, 2}};
        Object value = values[random.nextInt(values.length)];
        Schema.Type type = org.apache.kafka.connect.data.ConnectSchema.schemaType(value.getClass());
        Schema schema = random.nextBoolean()
                ? new SchemaBuilder(type).build()
                : new SchemaBuilder(type).optional().build();
        return switch (random.nextInt(4)) {
            case 0 -> new SchemaAndValue(null, value);
            case 1 -> {
                Schema struct = SchemaBuilder.struct()
                        .name("n.Key")
                        .version(3)
                        .field("id", schema)
                        .optional()
                        .build();
                yield new SchemaAndValue(struct, new Struct(struct).put("id", value));
            }
            case 2 -> new SchemaAndValue(null, new LinkedHashMap<>(Map.of("id", value)));
            default -> new SchemaAndValue(schema, value);
        };
    }

    @Test
    void mistakesNameTheirKey() {
        assertThatThrownBy(() -> salt(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("keys");
        assertThatThrownBy(() -> salt(with("salts", "1"))).hasMessageContaining("salts");
        assertThatThrownBy(() -> salt(with("window.ms", "0"))).hasMessageContaining("window.ms");
        assertThatThrownBy(() -> salt(with("spread.by", "a..b"))).hasMessageContaining("spread.by");
    }

    @Test
    void bytesAreListedAsBase64() {
        SourceRecord record =
                new SourceRecord(Map.of(), Map.of(), "t", null, Schema.BYTES_SCHEMA, new byte[] {1, 2}, null, "v", 0L);
        assertThat((String) salt(CONFIG).apply(record).key()).startsWith("AQI=#");
    }

    private static SourceRecord hot(long timestamp) {
        return Records.withSchema(Map.of("key", "hot", "value", "v", "timestamp", timestamp));
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> config = new HashMap<>(CONFIG);
        config.put(key, value);
        return config;
    }

    private static SaltKey<SourceRecord> salt(Map<String, String> config) {
        SaltKey<SourceRecord> salt = new SaltKey<>();
        salt.configure(config);
        return salt;
    }
}
