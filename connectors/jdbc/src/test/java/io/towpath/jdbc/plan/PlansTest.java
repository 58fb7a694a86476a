package io.towpath.jdbc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.jdbc.config.SinkConfig;
import io.towpath.jdbc.row.RowKey;
import io.towpath.jdbc.row.RowOp;
import io.towpath.jdbc.row.RowReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class PlansTest {
    private static final long SEED = 3;
    private static final Schema ROW = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("name", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    private static final SinkConfig CONFIG = SinkConfig.parse(Map.of(
            "name", "sink",
            "connection.url", "jdbc:postgresql://db/shop",
            "insert.mode", "upsert",
            "primary.key.mode", "record_key",
            "primary.key.fields", "id",
            "delete.enabled", "true"));

    private static SinkRecord row(long offset, long id) {
        Struct value = new Struct(ROW).put("id", id).put("name", "row " + offset);
        return new SinkRecord("items", 0, Schema.INT64_SCHEMA, id, ROW, value, offset);
    }

    private static SinkRecord tombstone(long offset, long id) {
        return new SinkRecord("items", 0, Schema.INT64_SCHEMA, id, null, null, offset);
    }

    private static TablePlan plan(List<SinkRecord> records) {
        RowReader reader = new RowReader(CONFIG);
        List<RowOp> rows = new ArrayList<>();
        records.forEach(record -> reader.read(record).ifPresent(rows::add));
        List<TablePlan> plans = new Plans(CONFIG).of(rows);
        assertThat(plans).hasSize(1);
        return plans.get(0);
    }

    @Test
    void rowsAreTakenInTheOrderOfTheirKeysWhateverTheOrderOfTheLog() {
        List<Long> ids = new ArrayList<>(LongStream.range(0, 500).boxed().toList());
        Collections.shuffle(ids, new Random(SEED));
        List<SinkRecord> records = new ArrayList<>();
        ids.forEach(id -> records.add(id % 7 == 0 ? tombstone(records.size(), id) : row(records.size(), id)));
        TablePlan plan = plan(records);
        assertThat(plan.rows()).isEqualTo(500);
        assertSortedByKey(plan.deletes());
        assertSortedByKey(plan.writes());
    }

    private static void assertSortedByKey(List<RowGroup> groups) {
        assertThat(groups).hasSize(1);
        List<RowKey> keys = groups.get(0).rows().stream().map(RowOp::key).toList();
        assertThat(keys).as("seed " + SEED).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void theLastImageOfAKeyCounts() {
        TablePlan plan = plan(List.of(row(0, 1), row(1, 2), tombstone(2, 2), row(3, 1), tombstone(4, 3), row(5, 3)));
        assertThat(offsets(plan.deletes())).containsExactly(2L, 4L);
        assertThat(offsets(plan.writes())).containsExactly(3L, 5L);
    }

    private static List<Long> offsets(List<RowGroup> groups) {
        return groups.stream()
                .flatMap(group -> group.rows().stream())
                .map(RowOp::offset)
                .toList();
    }
}
