package io.towpath.jdbc;

import io.towpath.activity.Activity;
import io.towpath.activity.ActivitySchema;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records of topic {@code events}. */
final class Events {
    static final TopicPartition P0 = new TopicPartition("events", 0);
    static final TopicPartition P1 = new TopicPartition("events", 1);
    static final Schema FLAT = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("name", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private Events() {}

    static SinkRecord flat(TopicPartition partition, long offset, long id, String name) {
        Struct value = new Struct(FLAT).put("id", id).put("name", name);
        return record(partition, offset, Schema.INT64_SCHEMA, id, FLAT, value);
    }

    static SinkRecord tombstone(TopicPartition partition, long offset, long id) {
        return record(partition, offset, Schema.INT64_SCHEMA, id, null, null);
    }

    static SinkRecord schemaless(TopicPartition partition, long offset, Map<String, ?> value) {
        return record(partition, offset, null, null, null, value);
    }

    static SinkRecord activity(TopicPartition partition, long offset, String id) {
        Activity activity = new Activity(
                id,
                "order.placed",
                new Activity.Actor("7", "customer"),
                new Activity.Thing("order", "42"),
                "{\"ip\":\"10.0.0.1\"}",
                "{\"total\":10}",
                Instant.parse("2026-01-02T03:04:05.678Z"),
                new Activity.Source("shop", "public.orders", "insert", "123", "9"),
                null);
        Struct value = ActivitySchema.toStruct(activity);
        return record(partition, offset, Schema.STRING_SCHEMA, "7", value.schema(), value);
    }

    static SinkRecord record(
            TopicPartition partition, long offset, Schema keySchema, Object key, Schema valueSchema, Object value) {
        return new SinkRecord(partition.topic(), partition.partition(), keySchema, key, valueSchema, value, offset);
    }
}
