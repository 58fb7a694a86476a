package io.towpath.transforms.predicates;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activity.Activity;
import io.towpath.activity.ActivitySchema;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class PredicatesTest {

    private static final Schema HEARTBEAT = SchemaBuilder.struct()
            .name("io.debezium.connector.common.Heartbeat")
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();

    @Test
    void withSchema() {
        IsActivity<SourceRecord> isActivity = new IsActivity<>();
        assertThat(isActivity.test(activity("opt-in"))).isTrue();
        assertThat(isActivity.test(heartbeat("any"))).isFalse();
        IsHeartbeat<SourceRecord> isHeartbeat = isHeartbeat(Map.of());
        assertThat(isHeartbeat.test(heartbeat("any"))).isTrue();
        assertThat(isHeartbeat.test(activity("opt-in"))).isFalse();
        assertThat(hasConsent("").test(activity("opt-in"))).isTrue();
        assertThat(hasConsent("opt-in,contract").test(activity("contract"))).isTrue();
        assertThat(hasConsent("contract").test(activity("opt-in"))).isFalse();
    }

    @Test
    void schemaless() {
        Map<String, Object> map = new HashMap<>(Map.of(
                "id",
                "1",
                "type",
                "t",
                "occurred_at",
                1L,
                "source",
                Map.of("op", "insert"),
                "consent",
                Map.of("basis", "x")));
        assertThat(new IsActivity<SourceRecord>().test(record("t", null, map))).isTrue();
        assertThat(hasConsent("x").test(record("t", null, map))).isTrue();
        assertThat(new IsActivity<SourceRecord>().test(record("t", null, "text")))
                .isFalse();
        SourceRecord heartbeat = record("__debezium-heartbeat.dc1", null, Map.of("ts_ms", 1L));
        assertThat(isHeartbeat(Map.of()).test(heartbeat)).isTrue();
        assertThat(isHeartbeat(Map.of("topic.heartbeat.prefix", "beat")).test(heartbeat))
                .isFalse();
    }

    @Test
    void tombstone() {
        SourceRecord tombstone = record("t", null, null);
        assertThat(new IsActivity<SourceRecord>().test(tombstone)).isFalse();
        assertThat(isHeartbeat(Map.of()).test(tombstone)).isFalse();
        assertThat(hasConsent("").test(tombstone)).isFalse();
    }

    @Test
    void fieldMissing() {
        assertThat(hasConsent("").test(activity(null))).isFalse();
        assertThat(hasConsent("").test(heartbeat("any"))).isFalse();
        assertThat(new IsActivity<SourceRecord>().test(record("t", null, Map.of("id", "1"))))
                .isFalse();
    }

    private static HasConsent<SourceRecord> hasConsent(String bases) {
        HasConsent<SourceRecord> predicate = new HasConsent<>();
        predicate.configure(Map.of("basis", bases));
        return predicate;
    }

    private static IsHeartbeat<SourceRecord> isHeartbeat(Map<String, String> config) {
        IsHeartbeat<SourceRecord> predicate = new IsHeartbeat<>();
        predicate.configure(config);
        return predicate;
    }

    private static SourceRecord activity(String basis) {
        Activity activity = new Activity(
                "id",
                "t",
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                new Activity.Source(null, null, "insert", null, null),
                basis == null ? null : new Activity.Consent(basis, null));
        return record("activity", ActivitySchema.V1, ActivitySchema.toStruct(activity));
    }

    private static SourceRecord heartbeat(String topic) {
        return record(topic, HEARTBEAT, new Struct(HEARTBEAT).put("ts_ms", 1L));
    }

    private static SourceRecord record(String topic, Schema schema, Object value) {
        return new SourceRecord(Map.of(), Map.of(), topic, null, null, null, schema, value);
    }
}
