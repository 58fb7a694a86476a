package io.towpath.bench.transforms;

import io.towpath.activity.Activity;
import io.towpath.activity.ActivitySchema;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** The records of the benchmark: an insert as Debezium's PostgreSQL connector writes it, and the activity it becomes. */
final class Samples {

    private static final Schema KEY = SchemaBuilder.struct()
            .name("dc1.public.orders.Key")
            .field("id", Schema.INT64_SCHEMA)
            .build();

    private static final Schema ROW = SchemaBuilder.struct()
            .name("dc1.public.orders.Value")
            .field("id", Schema.INT64_SCHEMA)
            .field("customer_id", Schema.INT64_SCHEMA)
            .field("status", Schema.STRING_SCHEMA)
            .field("total", Schema.OPTIONAL_FLOAT64_SCHEMA)
            .field("currency", Schema.OPTIONAL_STRING_SCHEMA)
            .field("note", Schema.OPTIONAL_STRING_SCHEMA)
            .field("ip", Schema.OPTIONAL_STRING_SCHEMA)
            .field(
                    "created_at",
                    SchemaBuilder.int64()
                            .name("io.debezium.time.MicroTimestamp")
                            .version(1)
                            .build())
            .optional()
            .build();

    private static final Schema SOURCE = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.Source")
            .field("version", Schema.STRING_SCHEMA)
            .field("connector", Schema.STRING_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .field("snapshot", Schema.OPTIONAL_STRING_SCHEMA)
            .field("db", Schema.STRING_SCHEMA)
            .field("sequence", Schema.OPTIONAL_STRING_SCHEMA)
            .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("txId", Schema.OPTIONAL_INT64_SCHEMA)
            .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .field("xmin", Schema.OPTIONAL_INT64_SCHEMA)
            .build();

    private static final Schema TRANSACTION = SchemaBuilder.struct()
            .name("event.block")
            .field("id", Schema.STRING_SCHEMA)
            .field("total_order", Schema.INT64_SCHEMA)
            .field("data_collection_order", Schema.INT64_SCHEMA)
            .optional()
            .build();

    private static final Schema ENVELOPE = SchemaBuilder.struct()
            .name("dc1.public.orders.Envelope")
            .field("before", ROW)
            .field("after", ROW)
            .field("source", SOURCE)
            .field("transaction", TRANSACTION)
            .field("op", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .build();

    private static final Schema CUSTOMER = SchemaBuilder.struct()
            .name("dc1.public.customers.Value")
            .field("id", Schema.INT64_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .field("email", Schema.OPTIONAL_STRING_SCHEMA)
            .field("phone", Schema.OPTIONAL_STRING_SCHEMA)
            .field("street", Schema.OPTIONAL_STRING_SCHEMA)
            .field("country", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private Samples() {}

    /** A flat row with four fields that name a person. */
    static SourceRecord customer() {
        Struct row = new Struct(CUSTOMER)
                .put("id", 70_007L)
                .put("name", "Jo Doe")
                .put("email", "jo.doe@shop.example")
                .put("phone", "+32 9 555 01 01")
                .put("street", "Coupure Links 653")
                .put("country", "BE");
        return record("dc1.public.customers", Schema.OPTIONAL_STRING_SCHEMA, "70007", CUSTOMER, row);
    }

    static SourceRecord insert() {
        Struct row = new Struct(ROW)
                .put("id", 170_017L)
                .put("customer_id", 70_007L)
                .put("status", "open")
                .put("total", 129.5)
                .put("currency", "EUR")
                .put("ip", "192.0.2.77")
                .put("created_at", 1_767_262_530_123_456L);
        Struct source = new Struct(SOURCE)
                .put("version", "3.5.0.Final")
                .put("connector", "postgresql")
                .put("name", "dc1")
                .put("ts_ms", 1_767_262_530_123L)
                .put("snapshot", "false")
                .put("db", "shop")
                .put("sequence", "[\"24023000\",\"24023128\"]")
                .put("ts_us", 1_767_262_530_123_456L)
                .put("ts_ns", 1_767_262_530_123_456_000L)
                .put("schema", "public")
                .put("table", "orders")
                .put("txId", 571L)
                .put("lsn", 24_023_128L);
        Struct transaction =
                new Struct(TRANSACTION).put("id", "571").put("total_order", 3L).put("data_collection_order", 2L);
        Struct envelope = new Struct(ENVELOPE)
                .put("after", row)
                .put("source", source)
                .put("transaction", transaction)
                .put("op", "c")
                .put("ts_ms", 1_767_262_530_200L);
        Struct key = new Struct(KEY).put("id", 170_017L);
        return record("dc1.public.orders", KEY, key, ENVELOPE, envelope);
    }

    static SourceRecord activity() {
        Activity activity = new Activity(
                "6fa459ea-ee8a-5ca4-894e-db77e160355e",
                "order.placed",
                new Activity.Actor("70007", "customer"),
                new Activity.Thing("order", "170017"),
                "{\"ip\":\"192.0.2.77\"}",
                "{\"id\":170017,\"total\":129.5}",
                Instant.ofEpochMilli(1_767_262_530_123L),
                new Activity.Source("shop", "public.orders", "insert", "24023128", "571"),
                null);
        return record(
                "activity",
                Schema.OPTIONAL_STRING_SCHEMA,
                "70007",
                ActivitySchema.V1,
                ActivitySchema.toStruct(activity));
    }

    private static SourceRecord record(String topic, Schema keySchema, Object key, Schema schema, Object value) {
        return new SourceRecord(Map.of(), Map.of(), topic, null, keySchema, key, schema, value, 1_767_262_530_123L);
    }
}
