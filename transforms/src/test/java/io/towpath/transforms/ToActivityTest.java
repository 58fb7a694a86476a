package io.towpath.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activity.ActivitySchema;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class ToActivityTest {

    private static final Map<String, String> PLACED = Map.of(
            "rules", "placed",
            "rules.placed.table", "public.orders",
            "rules.placed.type", "order.placed",
            "rules.placed.actor.id", "${customer_id}",
            "rules.placed.data", "id");

    private static final String INSERT = """
            topic: dc1.public.orders
            key: { id: 17 }
            value:
              op: c
              after: { id: 17, customer_id: 7 }
              source: { name: dc1, db: shop, schema: public, table: orders, txId: 5, lsn: 9, ts_ms: 1767225600000 }
            headers: { trace: abc }
            timestamp: 1
            """;

    @Test
    void schemaless() {
        assertActivity(Records.schemaless(INSERT));
    }

    @Test
    void withSchema() {
        assertActivity(Records.withSchema(INSERT));
    }

    private static void assertActivity(SourceRecord insert) {
        SourceRecord record = transform(PLACED).apply(insert);
        assertThat(record.topic()).isEqualTo("dc1.public.orders");
        assertThat(record.keySchema()).isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
        assertThat(record.key()).isEqualTo("7");
        assertThat(record.valueSchema()).isSameAs(ActivitySchema.V1);
        assertThat(Records.plain(record.value()))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("type", "order.placed")
                .containsEntry("data", "{\"id\":17}");
        assertThat(record.timestamp()).isEqualTo(1L);
        assertThat(record.headers().lastWithName("trace").value()).isEqualTo("abc");
        assertThat(record.headers().lastWithName("ce_type").value()).isEqualTo("order.placed");
        assertThat(record.headers().lastWithName("ce_partitionkey").value()).isEqualTo("7");
    }

    @Test
    void tombstone() {
        assertThat(transform(PLACED).apply(Records.withSchema("key: { id: 17 }")))
                .isNull();
    }

    @Test
    void fieldMissing() {
        String withoutCustomer = INSERT.replace(", customer_id: 7", "");
        SourceRecord record = transform(PLACED).apply(Records.withSchema(withoutCustomer));
        assertThat(record.key()).isNull();
        assertThat(ActivitySchema.fromStruct((org.apache.kafka.connect.data.Struct) record.value())
                        .actor())
                .isNull();
    }

    @Test
    void whatNoRuleTakesIsDropped() {
        assertThat(transform(PLACED).apply(Records.withSchema(INSERT.replace("table: orders", "table: carts"))))
                .isNull();
        assertThat(transform(PLACED).apply(Records.withSchema("value: { ts_ms: 1 }")))
                .isNull();
        assertThat(transform(PLACED).apply(Records.schemaless("value: text"))).isNull();
    }

    @Test
    void activitiesMayGoToTheirOwnTopic() {
        assertThat(transform(with("topic", " activity "))
                        .apply(Records.withSchema(INSERT))
                        .topic())
                .isEqualTo("activity");
    }

    @Test
    void theFirstRuleWins() {
        Map<String, String> config = with("rules", "other,placed");
        config.putAll(Map.of("rules.other.table", "public.orders", "rules.other.type", "other"));
        SourceRecord record = transform(config).apply(Records.withSchema(INSERT));
        assertThat(record.headers().lastWithName("ce_type").value()).isEqualTo("other");
    }

    @Test
    void mistakesNameTheirKeys() {
        Map<String, String> config = with("rules.placed.on", "insertt");
        config.put("rules.placed.tabel", "x");
        assertThatThrownBy(() -> transform(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("rules.placed.on: given 'insertt', wanted insert, update, delete, snapshot")
                .hasMessageContaining("rules.placed.tabel: given an unknown key");
    }

    @Test
    void noValueOfARecordIsInAnException() {
        Map<String, String> config = with("rules.placed.type", "order.${none}");
        assertThatThrownBy(() -> transform(config).apply(Records.withSchema(INSERT)))
                .isInstanceOf(DataException.class)
                .hasMessage("rule 'placed': its type refers to a column that is NULL or absent, at position 9");
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> config = new HashMap<>(PLACED);
        config.put(key, value);
        return config;
    }

    private static ToActivity<SourceRecord> transform(Map<String, String> config) {
        ToActivity<SourceRecord> transform = new ToActivity<>();
        transform.configure(config);
        return transform;
    }
}
