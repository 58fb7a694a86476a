package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static org.assertj.core.api.Assertions.assertThat;

import io.apicurio.registry.utils.converter.AvroConverter;
import io.towpath.jdbc.TypeCases.TypeCase;
import io.towpath.jdbc.json.SchemaOnceJsonConverter;
import io.towpath.local.PostgresServer;
import io.towpath.local.SchemaRegistry;
import io.towpath.local.Stack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What went through a topic as JSON with schemas or as Avro ends in the same rows. */
class ConvertersIT {
    @TempDir
    static Path directory;

    private static Stack stack;
    private static PostgresServer server;
    private static Map<String, String> avro;

    @BeforeAll
    static void start() {
        stack = Stack.embedded(directory);
        server = stack.postgres("pg");
        SchemaRegistry registry = stack.registry("registry");
        avro = Map.of(
                "apicurio.registry.url", registry.url().toString(),
                "apicurio.registry.auto-register", "true",
                "apicurio.registry.find-latest", "false",
                "apicurio.registry.headers.enabled", "false",
                "apicurio.registry.as-confluent", "true",
                "apicurio.registry.use-id", "contentId");
    }

    @AfterAll
    static void close() {
        stack.close();
    }

    /** Key and value of a record as a topic would give them back. */
    private record Wire(Converter keys, Converter values) implements UnaryOperator<SinkRecord> {
        static Wire of(Converter keys, Converter values, Map<String, String> config) {
            keys.configure(config, true);
            values.configure(config, false);
            return new Wire(keys, values);
        }

        static Wire json() {
            return of(new JsonConverter(), new JsonConverter(), Map.of("schemas.enable", "true"));
        }

        static Wire schemaOnce() {
            return of(new SchemaOnceJsonConverter(), new SchemaOnceJsonConverter(), Map.of());
        }

        static Wire avro() {
            return of(new AvroConverter<>(), new AvroConverter<>(), avro);
        }

        @Override
        public SinkRecord apply(SinkRecord record) {
            SchemaAndValue key = sent(keys, record, record.keySchema(), record.key());
            SchemaAndValue value = sent(values, record, record.valueSchema(), record.value());
            return Events.record(P0, record.kafkaOffset(), key.schema(), key.value(), value.schema(), value.value());
        }

        private static SchemaAndValue sent(Converter converter, SinkRecord record, Schema schema, Object value) {
            return converter.toConnectData(record.topic(), converter.fromConnectData(record.topic(), schema, value));
        }
    }

    @Test
    void changesOfEveryKindEndInTheSameRows() throws Exception {
        List<String> plain = afterChanges("changes_plain", UnaryOperator.identity());
        assertThat(plain).containsExactly("1|a2|large", "3|c|null", "4|d|new");
        assertThat(afterChanges("changes_json", Wire.json())).isEqualTo(plain);
        assertThat(afterChanges("changes_schema_once", Wire.schemaOnce())).isEqualTo(plain);
        assertThat(afterChanges("changes_avro", Wire.avro())).isEqualTo(plain);
    }

    private static List<String> afterChanges(String name, UnaryOperator<SinkRecord> wire) throws Exception {
        Database database = Database.create(server, name);
        database.run("CREATE TABLE items (id bigint PRIMARY KEY, name text, text text)");
        Map<String, String> config = database.config(
                "insert.mode", "upsert",
                "primary.key.mode", "record_key",
                "delete.enabled", "true",
                "collection.name.format", "${source.table}");
        Changes source = new Changes();
        try (Owner owner = new Owner(config).opens(P0)) {
            owner.puts(List.of(
                            source.create(1, "a", "large"),
                            source.create(2, "b", "two"),
                            source.update(1, "a2", Changes.PLACEHOLDER),
                            source.delete(2),
                            source.create(3, "c", null),
                            source.create(4, "d", "old"))
                    .stream()
                    .map(wire)
                    .toList());
            owner.puts(wire.apply(source.update(4, "d", "new")));
        }
        return database.rows("SELECT * FROM items ORDER BY id");
    }

    @Test
    void valuesOfEveryTypeEndInTheSameColumns() throws Exception {
        List<String> plain = afterTypes("types_plain", UnaryOperator.identity());
        assertThat(plain).hasSameSizeAs(TypeCases.ALL).noneMatch(row -> row.endsWith("null"));
        assertThat(afterTypes("types_json", Wire.json())).isEqualTo(plain);
        assertThat(afterTypes("types_schema_once", Wire.schemaOnce())).isEqualTo(plain);
        assertThat(afterTypes("types_avro", Wire.avro())).isEqualTo(plain);
    }

    private static List<String> afterTypes(String name, UnaryOperator<SinkRecord> wire) throws Exception {
        Database database = Database.create(server, name);
        List<String> values = new ArrayList<>();
        for (TypeCase one : TypeCases.ALL) {
            String table = "t" + values.size();
            Schema schema = SchemaBuilder.struct()
                    .name("shop." + table)
                    .field("c", one.schema())
                    .build();
            SinkRecord record =
                    Events.record(P0, values.size(), null, null, schema, new Struct(schema).put("c", one.value()));
            Map<String, String> config = database.config("schema.evolution", "evolve", "collection.name.format", table);
            try (Owner owner = new Owner(config).opens(P0)) {
                owner.puts(wire.apply(record));
            }
            values.add(one.name() + " "
                    + database.rows("SELECT pg_typeof(c), c FROM " + table).get(0));
        }
        return values;
    }
}
