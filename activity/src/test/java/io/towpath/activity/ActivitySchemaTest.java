package io.towpath.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class ActivitySchemaTest {

    private static final Activity WHOLE = new Activity(
            "6fa459ea-ee8a-5ca4-894e-db77e160355e",
            "order.placed",
            new Activity.Actor("7", "customer"),
            new Activity.Thing("order", "17"),
            "{\"ip\":\"192.0.2.7\"}",
            "{\"total\":12.50}",
            Instant.parse("2026-01-01T10:15:30.123Z"),
            new Activity.Source("shop", "public.orders", "insert", "24023128", "571"),
            new Activity.Consent("opt-in", "3"));

    private static final Activity BARE = new Activity(
            "id",
            "t",
            null,
            null,
            null,
            null,
            Instant.EPOCH,
            new Activity.Source(null, null, "message", null, null),
            null);

    /** Rewrite with -Dupdate, and mean it: everything downstream reads this schema. */
    @Test
    void theSchemaIsTheGoldenOne() throws IOException {
        Path golden = Path.of("src/test/resources/activity-v1.schema.txt");
        String now = text(ActivitySchema.V1, "activity", "");
        if ("true".equals(System.getProperty("update"))) {
            Files.writeString(golden, now);
        }
        assertThat(now).isEqualTo(Files.readString(golden));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        assertThat(ActivitySchema.fromStruct(ActivitySchema.toStruct(WHOLE))).isEqualTo(WHOLE);
        assertThat(ActivitySchema.fromStruct(ActivitySchema.toStruct(BARE))).isEqualTo(BARE);
    }

    @Test
    void everyStructIsValid() {
        ActivitySchema.toStruct(WHOLE).validate();
        ActivitySchema.toStruct(BARE).validate();
    }

    @Test
    void aMapIsReadToo() {
        assertThat(ActivitySchema.fromMap(map(ActivitySchema.toStruct(WHOLE), true)))
                .isEqualTo(WHOLE);
        assertThat(ActivitySchema.fromMap(map(ActivitySchema.toStruct(BARE), true)))
                .isEqualTo(BARE);
    }

    @Test
    void aMissingFieldIsNamedAndNoValueIsShown() {
        Map<String, Object> map = map(ActivitySchema.toStruct(WHOLE), true);
        map.remove("type");
        assertThatThrownBy(() -> ActivitySchema.fromMap(map))
                .isInstanceOf(DataException.class)
                .hasMessage("activity without the field type");
        map.put("type", 5);
        assertThatThrownBy(() -> ActivitySchema.fromMap(map)).hasMessage("activity whose field type is not a string");
        map.put("type", "t");
        map.put("occurred_at", "secret");
        assertThatThrownBy(() -> ActivitySchema.fromMap(map))
                .hasMessage("activity whose field occurred_at is no timestamp");
    }

    @Test
    void theHeadersAreCloudEvents() {
        Map<String, Object> headers = new HashMap<>();
        CloudEvents.headers(WHOLE).forEach(header -> headers.put(header.key(), header.value()));
        assertThat(headers)
                .isEqualTo(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", WHOLE.id(),
                        "ce_source", "/shop/public.orders",
                        "ce_type", "order.placed",
                        "ce_time", "2026-01-01T10:15:30.123Z",
                        "ce_subject", "customer/7",
                        "ce_partitionkey", "7"));
    }

    @Test
    void withoutAnActorThereIsNoSubject() {
        assertThat(CloudEvents.headers(BARE)).noneMatch(header -> header.key().equals("ce_subject"));
    }

    @Test
    void theSourceIsAUriReference() {
        Activity odd = new Activity(
                "id",
                "t",
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                new Activity.Source("shop", "public.größe/1 %", "insert", null, null),
                null);
        assertThat(CloudEvents.headers(odd).lastWithName("ce_source").value())
                .isEqualTo("/shop/public.gr%C3%B6%C3%9Fe%2F1%20%25");
    }

    private static Map<String, Object> map(Struct struct, boolean millis) {
        Map<String, Object> map = new HashMap<>();
        for (Field field : struct.schema().fields()) {
            Object value = struct.get(field);
            Object plain = value instanceof Struct inside ? map(inside, millis) : value;
            map.put(field.name(), value instanceof java.util.Date date && millis ? millis(date) : plain);
        }
        return map;
    }

    private static Object millis(java.util.Date date) {
        return date.getTime();
    }

    private static String text(Schema schema, String name, String indent) {
        StringBuilder text = new StringBuilder(indent)
                .append(name)
                .append(' ')
                .append(schema.type())
                .append(schema.isOptional() ? " optional" : "")
                .append(schema.name() == null ? "" : " " + schema.name() + "/" + schema.version())
                .append('\n');
        if (schema.type() == Schema.Type.STRUCT) {
            schema.fields().forEach(field -> text.append(text(field.schema(), field.name(), indent + "  ")));
        }
        return text.toString();
    }
}
