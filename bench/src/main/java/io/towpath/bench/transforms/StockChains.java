package io.towpath.bench.transforms;

import static io.towpath.bench.transforms.TransformsBenchmark.configured;

import io.debezium.transforms.ExtractNewRecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.ExtractField;
import org.apache.kafka.connect.transforms.Flatten;
import org.apache.kafka.connect.transforms.InsertField;
import org.apache.kafka.connect.transforms.ReplaceField;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.ValueToKey;

/**
 * The fewest transforms of others that give an activity's fields as far as they can: type, actor, object, data, context,
 * time and source in the value, the actor as the key. Not the id, and no headers: those cost {@code ToActivity} only.
 */
final class StockChains {

    private StockChains() {}

    /** Kafka's own, starting from a flattened envelope. */
    static List<Transformation<SourceRecord>> kafkaOnly() {
        return activity(
                configured(new Flatten.Value<>(), Map.of("delimiter", "_")),
                "after_customer_id,after_id,after_total,after_ip,source_ts_ms,source_db,source_table,op,source_lsn,source_txId",
                "after_customer_id:actor_id,after_id:object_id,after_total:data_total,after_ip:context_ip");
    }

    /** The same, starting from the row that Debezium's own transform takes out. */
    static List<Transformation<SourceRecord>> withDebezium() {
        return activity(
                configured(
                        new ExtractNewRecordState<>(),
                        Map.of("add.fields", "op,source.ts_ms,source.db,source.table,source.lsn,source.txId")),
                "customer_id,id,total,ip,__source_ts_ms,__source_db,__source_table,__op,__source_lsn,__source_txId",
                "customer_id:actor_id,id:object_id,total:data_total,ip:context_ip");
    }

    private static List<Transformation<SourceRecord>> activity(
            Transformation<SourceRecord> first, String include, String renames) {
        List<Transformation<SourceRecord>> chain = new ArrayList<>(List.of(first));
        chain.add(configured(new ReplaceField.Value<>(), Map.of("include", include, "renames", renames)));
        Map.of("type", "order.placed", "actor_kind", "customer", "object_type", "order")
                .forEach((field, text) -> chain.add(
                        configured(new InsertField.Value<>(), Map.of("static.field", field, "static.value", text))));
        chain.add(configured(new ValueToKey<>(), Map.of("fields", "actor_id")));
        chain.add(configured(new ExtractField.Key<>(), Map.of("field", "actor_id")));
        return chain;
    }
}
