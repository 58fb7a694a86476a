package io.towpath.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activity.privacy.Pseudonyms;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PseudonymizeTest {

    private static final String SECRET = "a secret of the year 2025";
    private static final Pseudonyms EXPECTED =
            new Pseudonyms(List.of(new Pseudonyms.Key("k1", new Password(SECRET), null)));

    private static final String RECORD = """
            key: { id: 7 }
            value:
              name: Jo
              n: 7
              nothing: null
              address: { ip: 192.0.2.77, mails: [a@x.example, b@y.example] }
              orders: [ { payer: Jo }, { payer: Al } ]
            headers: { user: Jo, other: x }
            """;

    private static final Map<String, String> ALL = Map.of(
            "keys", "k1",
            "keys.k1.secret", SECRET,
            "hmac", "key.id, value.name, value.n, value.nothing, value.orders.payer, header.user",
            "truncate.ip", "value.address.ip",
            "truncate.email", "value.address.mails");

    @Test
    void schemaless() {
        assertRewritten(transform(ALL).apply(Records.schemaless(RECORD)));
    }

    @Test
    void withSchema() {
        SourceRecord record = transform(ALL).apply(Records.withSchema(RECORD));
        assertRewritten(record);
        assertThat(record.valueSchema().field("name").schema()).isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
        assertThat(record.valueSchema().field("n").schema()).isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
        ((Struct) record.value()).validate();
    }

    private static void assertRewritten(SourceRecord record) {
        String jo = hmac("Jo");
        assertThat(Records.plain(record))
                .containsEntry("key", Map.of("id", hmac("7")))
                .containsEntry("headers", Map.of("user", jo, "other", "x"))
                .containsEntry("value", Records.yaml("""
                                name: %s
                                n: %s
                                nothing: null
                                address: { ip: 192.0.2.0, mails: ["@x.example", "@y.example"] }
                                orders: [ { payer: %s }, { payer: %s } ]
                                """.formatted(jo, hmac("7"), jo, hmac("Al"))));
    }

    @Test
    void tombstone() {
        Map<String, String> config = with("hmac", "key.id,value.name");
        config.remove("truncate.ip");
        config.remove("truncate.email");
        SourceRecord record = transform(config).apply(Records.withSchema("key: { id: 7 }"));
        assertThat(record.value()).isNull();
        assertThat(record.valueSchema()).isNull();
        assertThat(Records.plain(record)).containsEntry("key", Map.of("id", hmac("7")));
    }

    @Test
    void fieldMissing() {
        String without = RECORD.replace("name: Jo", "nom: Jo");
        for (SourceRecord record : List.of(Records.schemaless(without), Records.withSchema(without))) {
            assertThatThrownBy(() -> transform(ALL).apply(record))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("no field value.name")
                    .hasMessageNotContaining("Jo");
            assertThat(transform(with("missing", "ignore")).apply(record)).isNotNull();
        }
    }

    @Test
    void aMissingHeaderIsAMissingField() {
        SourceRecord record = Records.schemaless(RECORD.replace("user: Jo, ", ""));
        assertThatThrownBy(() -> transform(ALL).apply(record))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no header.user");
        assertThat(transform(with("missing", "ignore")).apply(record)).isNotNull();
    }

    @Test
    void aPathGoesThroughTextThatHoldsJson() {
        Map<String, String> config = with("hmac", "value.data.user.id,value.data.list.id");
        config.keySet().removeIf(key -> key.startsWith("truncate"));
        String json = "value: { data: '{\"user\":{\"id\":7,\"x\":1.50},\"list\":[{\"id\":\"a\"},{\"id\":null}]}' }";
        for (SourceRecord record : List.of(Records.schemaless(json), Records.withSchema(json))) {
            assertThat(Records.plain(transform(config).apply(record)).get("value"))
                    .isEqualTo(Map.of(
                            "data",
                            "{\"user\":{\"id\":\"%s\",\"x\":1.50},\"list\":[{\"id\":\"%s\"},{\"id\":null}]}"
                                    .formatted(hmac("7"), hmac("a"))));
        }
    }

    @Test
    void untouchedSchemasStayTheSameObject() {
        SourceRecord record = Records.withSchema("value: { name: Jo, n: 7 }");
        Map<String, String> config = with("hmac", "value.name");
        config.keySet().removeIf(key -> key.startsWith("truncate"));
        assertThat(transform(config).apply(record).valueSchema()).isSameAs(record.valueSchema());
    }

    @Test
    void nullOfAColumnWithADefaultStaysNull() {
        Schema schema = SchemaBuilder.struct()
                .field("name", Schema.STRING_SCHEMA)
                .field("n", SchemaBuilder.int32().optional().defaultValue(5).build())
                .build();
        SourceRecord record = new SourceRecord(
                Map.of(), Map.of(), "t", null, null, null, schema, new Struct(schema).put("name", "Jo"));
        Map<String, String> config = with("hmac", "value.name");
        config.keySet().removeIf(key -> key.startsWith("truncate"));
        Struct value = (Struct) transform(config).apply(record).value();
        assertThat(value.getWithoutDefault("n")).isNull();
    }

    @Test
    void theTimeOfTheRecordChoosesTheKey() {
        Map<String, String> config = with("hmac", "value");
        config.keySet().removeIf(key -> key.startsWith("truncate"));
        config.putAll(Map.of(
                "keys", "k1,k2",
                "keys.k2.secret", "a secret of the year 2026",
                "keys.k2.from", "2026-01-01T00:00:00Z"));
        Pseudonymize<SourceRecord> transform = transform(config);
        long newYear = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
        assertThat(transform.apply(at(newYear - 1)).value()).isEqualTo(hmac("Jo"));
        assertThat((String) transform.apply(at(newYear)).value()).startsWith("k2.");
        assertThat((String) transform.apply(Records.schemaless("value: Jo")).value())
                .startsWith("k2.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hmac             | name                 | hmac           | wanted key, key.FIELD, value, value.FIELD or header.NAME
            hmac             | value..a             | hmac           | wanted a name between and behind the dots
            hmac             | value.a,value.a.b    | hmac           | given twice, or together with a field inside it
            hmac             | header               | hmac           | given twice, or together
            keys             | a b                  | keys           | wanted letters, digits, _ and -
            keys             | k1,k3                | keys.k3.secret | Missing required configuration
            keys.k1.secret   | short                | keys.k1.secret | given 5 bytes, wanted at least 16
            keys.k1.from     | soon                 | keys.k1.from   | wanted a time as 2026-01-01T00:00:00Z
            keys.k1.from     | 2026-01-01T00:00:00Z | keys           | wanted one key without keys.ID.from
            missing          | maybe                | missing        | String must be one of: fail, ignore
            """)
    void mistakesNameTheirKey(String key, String value, String named, String message) {
        assertThatThrownBy(() -> transform(with(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(named)
                .hasMessageContaining(message)
                .hasMessageNotContaining("short")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void nothingToDoIsAMistake() {
        assertThatThrownBy(() -> transform(Map.of())).isInstanceOf(ConfigException.class);
    }

    private static SourceRecord at(long timestamp) {
        return Records.schemaless(Map.of("value", "Jo", "timestamp", timestamp));
    }

    private static String hmac(String text) {
        return EXPECTED.of(text, null);
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> config = new HashMap<>(ALL);
        config.put(key, value);
        return config;
    }

    private static Pseudonymize<SourceRecord> transform(Map<String, String> config) {
        Pseudonymize<SourceRecord> transform = new Pseudonymize<>();
        transform.configure(config);
        return transform;
    }
}
