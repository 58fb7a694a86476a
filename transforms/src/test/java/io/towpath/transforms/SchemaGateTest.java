package io.towpath.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaGateTest {

    private static final String CONTRACT = """
            { "type": "struct", "name": "shop.Order", "fields": [
              { "field": "id", "type": "int64" },
              { "field": "note", "type": "string", "optional": true },
              { "field": "lines", "type": "array", "items":
                { "type": "struct", "fields": [ { "field": "sku", "type": "string" } ] } } ] }
            """;

    private static final Schema LINE =
            SchemaBuilder.struct().field("sku", Schema.STRING_SCHEMA).build();

    private static final Schema ORDER = SchemaBuilder.struct()
            .name("shop.Order")
            .field("id", Schema.INT64_SCHEMA)
            .field("note", Schema.OPTIONAL_STRING_SCHEMA)
            .field("lines", SchemaBuilder.array(LINE).build())
            .build();

    private static final Schema ORDER_WITH_REQUIRED = SchemaBuilder.struct()
            .name("shop.Order")
            .field("id", Schema.INT64_SCHEMA)
            .field("total", Schema.INT64_SCHEMA)
            .field("lines", SchemaBuilder.array(LINE).build())
            .build();

    private static final Schema ORDER_WITHOUT_ID = SchemaBuilder.struct()
            .name("shop.Order")
            .field("note", Schema.OPTIONAL_STRING_SCHEMA)
            .field("lines", SchemaBuilder.array(LINE).build())
            .build();

    @TempDir
    Path directory;

    @Test
    void schemaless() throws IOException {
        SchemaGate<SourceRecord> gate = gate(Map.of("contract", contract()));
        SourceRecord right = Records.schemaless("value: { id: 1, more: x, lines: [ { sku: a } ] }");
        assertThat(gate.apply(right)).isSameAs(right);
        assertRefused(gate, "value: { id: x, lines: [] }", "field id breaks the contract: it is no INT64");
        assertRefused(gate, "value: { id: 1, lines: [ { sku: 5 } ] }", "field lines[].sku breaks the contract");
        assertRefused(gate, "value: { id: null, lines: [] }", "field id breaks the contract: it is required, and null");
        assertRefused(gate, "value: text", "the value itself breaks the contract: it is no STRUCT");
        SourceRecord anything = Records.schemaless("value: text");
        assertThat(gate(Map.of()).apply(anything)).isSameAs(anything);
    }

    @Test
    void withSchema() throws IOException {
        SchemaGate<SourceRecord> gate = gate(Map.of("contract", contract()));
        SourceRecord right = order(ORDER);
        assertThat(gate.apply(right)).isSameAs(right);
        assertThatThrownBy(() -> gate.apply(order(ORDER_WITH_REQUIRED)))
                .isInstanceOf(DataException.class)
                .hasMessage("topic orders: field total breaks BACKWARD: "
                        + "it is required without a default where it is read, and not written");
    }

    @Test
    void tombstone() throws IOException {
        SourceRecord tombstone = Records.withSchema("key: a");
        assertThat(gate(Map.of("contract", contract())).apply(tombstone)).isSameAs(tombstone);
    }

    @Test
    void fieldMissing() throws IOException {
        assertThatThrownBy(() -> gate(Map.of("contract", contract(), "compatibility", "FORWARD"))
                        .apply(order(ORDER_WITHOUT_ID)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("field id breaks FORWARD");
        assertRefused(
                gate(Map.of("contract", contract())),
                "value: { lines: [] }",
                "field id breaks the contract: it is required, and not there");
    }

    @Test
    void theLastAcceptedSchemaIsTheContractWithoutAFile() {
        SchemaGate<SourceRecord> gate = gate(Map.of("compatibility", "FULL"));
        gate.apply(order(ORDER));
        assertThatThrownBy(() -> gate.apply(order(ORDER_WITH_REQUIRED))).isInstanceOf(DataException.class);
        Schema grown = SchemaBuilder.struct()
                .name("shop.Order")
                .field("id", Schema.INT64_SCHEMA)
                .field("note", Schema.OPTIONAL_STRING_SCHEMA)
                .field("lines", SchemaBuilder.array(LINE).build())
                .field("city", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        assertThat(gate.apply(order(grown))).isNotNull();
        assertThat(gate.apply(order(ORDER)))
                .as("an accepted schema stays accepted")
                .isNotNull();
    }

    @Test
    void everyTopicHasItsOwnContract() {
        SchemaGate<SourceRecord> gate = gate(Map.of());
        gate.apply(order(ORDER));
        SourceRecord other = Records.withSchema("{ topic: carts, value: { total: 5 } }");
        assertThat(gate.apply(other)).isSameAs(other);
    }

    @Test
    void aQuarantinedRecordSaysWhy() throws IOException {
        SchemaGate<SourceRecord> gate =
                gate(Map.of("contract", contract(), "action", "quarantine", "quarantine.topic", "bad"));
        SourceRecord record = gate.apply(order(ORDER_WITH_REQUIRED));
        assertThat(record.topic()).isEqualTo("bad");
        assertThat(record.valueSchema()).isSameAs(ORDER_WITH_REQUIRED);
        assertThat((String) record.headers().lastWithName("towpath.schema.gate").value())
                .contains("topic orders: field total breaks BACKWARD");
    }

    @Test
    void passLetsItGo() throws IOException {
        SourceRecord record = order(ORDER_WITH_REQUIRED);
        assertThat(gate(Map.of("contract", contract(), "action", "pass")).apply(record))
                .isSameAs(record);
    }

    /** Keys of a map are data too; only names that the contract itself holds may be told. */
    @Test
    void noValueOfARecordIsInAnException() throws IOException {
        String open = """
                { "type": "struct", "fields": [ { "field": "by", "type": "map",
                  "keys": { "type": "string" }, "values": { "type": "int32" } } ] }
                """;
        for (String yaml : List.of(
                "value: { by: { secret: secret } }",
                "value: { by: { secret: null } }",
                "value: { by: secret }",
                "value: { secret: secret }",
                "value: secret")) {
            assertShowsNoValue(() -> gate(Map.of("contract", file(open))).apply(Records.schemaless(yaml)));
        }
        Struct value = new Struct(ORDER_WITH_REQUIRED).put("id", 471_147L).put("total", 471_147L);
        SourceRecord order = new SourceRecord(
                Map.of(), Map.of(), "orders", null, Schema.STRING_SCHEMA, "secret", value.schema(), value);
        assertShowsNoValue(() -> gate(Map.of("contract", contract())).apply(order));
        SourceRecord aside = gate(Map.of("contract", contract(), "action", "quarantine", "quarantine.topic", "bad"))
                .apply(order);
        assertThat((String) aside.headers().lastWithName("towpath.schema.gate").value())
                .doesNotContain("secret", "471147");
    }

    private static void assertShowsNoValue(ThrowingCallable refused) {
        assertThatThrownBy(refused)
                .isInstanceOf(DataException.class)
                .hasNoCause()
                .message()
                .contains("breaks")
                .doesNotContain("secret", "471147");
    }

    @Test
    void keysAreGuardedByTheirOwnTwin() throws IOException {
        SchemaGate<SourceRecord> gate = new SchemaGate.Key<>();
        gate.configure(Map.of("contract", contract()));
        assertThatThrownBy(() -> gate.apply(Records.withSchema("{ topic: t, key: a, value: v }")))
                .hasMessage("topic t: the schema itself breaks BACKWARD: written as STRUCT, read as STRING");
    }

    @Test
    void mistakesNameTheirKey() throws IOException {
        Map<String, String> config = new HashMap<>(Map.of("action", "quarantine"));
        assertConfigError(config, "quarantine.topic");
        config.put("action", "stop");
        assertConfigError(config, "action");
        assertConfigError(Map.of("compatibility", "backward"), "compatibility");
        assertConfigError(Map.of("contract", directory.resolve("absent").toString()), "wanted a readable file");
        assertConfigError(Map.of("contract", file("{")), "wanted JSON");
        assertConfigError(Map.of("contract", file("{\"type\":\"record\"}")), "wanted a type that Connect has");
        assertConfigError(Map.of("contract", file("{\"type\":\"array\"}")), "wanted an object for items");
    }

    private static void assertConfigError(Map<String, String> config, String named) {
        assertThatThrownBy(() -> gate(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(named);
    }

    private static void assertRefused(SchemaGate<SourceRecord> gate, String yaml, String why) {
        assertThatThrownBy(() -> gate.apply(Records.schemaless(yaml)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(why);
    }

    private static SourceRecord order(Schema schema) {
        Struct value = new Struct(schema).put("lines", List.of());
        schema.fields().stream()
                .filter(field -> field.schema().type() == Schema.Type.INT64)
                .forEach(field -> value.put(field, 1L));
        return new SourceRecord(Map.of(), Map.of(), "orders", null, null, null, schema, value);
    }

    private String contract() throws IOException {
        return file(CONTRACT);
    }

    private String file(String text) throws IOException {
        Path file = Files.createTempFile(directory, "contract", ".json");
        return Files.writeString(file, text).toString();
    }

    private static SchemaGate<SourceRecord> gate(Map<String, String> config) {
        SchemaGate<SourceRecord> gate = new SchemaGate.Value<>();
        gate.configure(config);
        return gate;
    }
}
