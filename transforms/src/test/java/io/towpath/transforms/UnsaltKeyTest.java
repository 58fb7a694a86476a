package io.towpath.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class UnsaltKeyTest {

    private static final String HEADER = "towpath.salted.key";

    @Test
    void schemaless() {
        SourceRecord text = unsalt(salted("{ key: hot#3, value: v }", "string:hot"));
        assertThat(text.key()).isEqualTo("hot");
        assertThat(text.headers()).isEmpty();
        SourceRecord map = unsalt(salted("{ key: { id: 7, __salt: 1 }, value: v }", "map:"));
        assertThat(map.key()).isEqualTo(Map.of("id", 7));
        assertThat(map.keySchema()).isNull();
    }

    @Test
    void withSchema() {
        SourceRecord number = Records.withSchema("{ key: 7#3, value: v }");
        number.headers().addString(HEADER, "int64?:7");
        assertThat(unsalt(number).key()).isEqualTo(7L);
        assertThat(unsalt(number).keySchema()).isEqualTo(Schema.OPTIONAL_INT64_SCHEMA);
        Struct key = (Struct) unsalt(struct(new Struct(SALTED).put("id", 7L).put("__salt", 1)))
                .key();
        assertThat(key.schema().fields()).extracting("name").containsExactly("id");
        assertThat(key.getInt64("id")).isEqualTo(7);
    }

    @Test
    void tombstone() {
        SourceRecord record = unsalt(salted("{ key: hot#3 }", "string:hot"));
        assertThat(record.key()).isEqualTo("hot");
        assertThat(record.value()).isNull();
        SourceRecord nothing = salted("{ value: v }", "string:hot");
        assertThat(unsalt(nothing)).as("no key, nothing to restore").isSameAs(nothing);
    }

    /** A transform between the two took the salt away: what is there stays. */
    @Test
    void fieldMissing() {
        assertThat(unsalt(salted("{ key: { id: 7 }, value: v }", "map:")).key()).isEqualTo(Map.of("id", 7));
        Schema schema = SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
        Struct without = new Struct(schema).put("id", 7L);
        assertThat(unsalt(struct(without)).key()).isEqualTo(without);
    }

    @Test
    void whatSaltKeyDidNotSaltStays() {
        SourceRecord record = Records.withSchema("{ key: hot#1, value: v }");
        assertThat(unsalt(record)).isSameAs(record);
    }

    @Test
    void aForeignHeaderIsRefusedWithoutShowingIt() {
        for (String header : List.of("secret", "secret:1", "int64:secret", "boolean:secret", "bytes:§secret")) {
            SourceRecord record = Records.withSchema("{ key: private#1, value: v }");
            record.headers().addString(HEADER, header);
            assertThatThrownBy(() -> unsalt(record))
                    .as(header)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("header " + HEADER)
                    .hasNoCause()
                    .message()
                    .doesNotContain("secret", "private");
        }
    }

    private static final Schema SALTED = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("__salt", Schema.INT32_SCHEMA)
            .build();

    private static SourceRecord salted(String yaml, String header) {
        SourceRecord record = Records.schemaless(yaml);
        record.headers().addString(HEADER, header);
        return record;
    }

    private static SourceRecord struct(Struct key) {
        SourceRecord record = new SourceRecord(Map.of(), Map.of(), "t", null, key.schema(), key, null, "v", 0L);
        record.headers().addString(HEADER, "struct:");
        return record;
    }

    private static SourceRecord unsalt(SourceRecord record) {
        return new UnsaltKey<SourceRecord>().apply(record);
    }
}
