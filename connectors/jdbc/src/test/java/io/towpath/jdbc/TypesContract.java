package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.jdbc.TypeCases.TypeCase;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

/** Every type of the documentation is written to a column made for it. Every dialect passes it. */
abstract class TypesContract {
    /** An empty database. */
    abstract Database create(String name);

    @Test
    void everyTypeHasAColumnThatHoldsIt() throws Exception {
        Database database = create("types");
        try (Owner owner = new Owner(database.config("schema.evolution", "evolve")).opens(P0)) {
            long offset = 0;
            for (TypeCase one : TypeCases.ALL) {
                String column = "c" + offset;
                Schema schema =
                        SchemaBuilder.struct().field(column, one.schema()).build();
                Struct value = new Struct(schema).put(column, one.value());
                owner.puts(Events.record(P0, offset, null, null, schema, value));
                assertThat(database.rows("SELECT count(*) FROM events WHERE " + column + " IS NOT NULL"))
                        .as(one.name())
                        .containsExactly("1");
                offset++;
            }
        }
    }

    @Test
    void valuesComeBackAsTheyWere() throws Exception {
        Database database = create("values_back");
        try (Owner owner = new Owner(database.config("schema.evolution", "evolve")).opens(P0)) {
            assertThat(writtenAndRead(owner, database, 0, "string")).isEqualTo("tide \\ \"quoted\" 'é'");
            assertThat(writtenAndRead(owner, database, 1, "int64")).isEqualTo("5000000000");
            assertThat(writtenAndRead(owner, database, 2, "Debezium MicroTimestamp"))
                    .startsWith("2026-01-01 00:00:00.123456");
            assertThat(writtenAndRead(owner, database, 3, "Debezium ZonedTimestamp"))
                    .startsWith("2026-01-01 00:00:00.5");
            assertThat(writtenAndRead(owner, database, 4, "Debezium Date")).isEqualTo("2026-01-01");
            assertThat(writtenAndRead(owner, database, 5, "Connect Decimal, precision 10"))
                    .isEqualTo("12.30");
            assertThat(writtenAndRead(owner, database, 6, "Debezium Uuid"))
                    .isEqualTo("123e4567-e89b-12d3-a456-426614174000");
        }
    }

    private static String writtenAndRead(Owner owner, Database database, long offset, String name) throws Exception {
        TypeCase one = TypeCases.ALL.stream()
                .filter(any -> any.name().equals(name))
                .findFirst()
                .orElseThrow();
        Schema schema = SchemaBuilder.struct().field("c" + offset, one.schema()).build();
        owner.puts(Events.record(P0, offset, null, null, schema, new Struct(schema).put("c" + offset, one.value())));
        return database.rows("SELECT c" + offset + " FROM events WHERE c" + offset + " IS NOT NULL")
                .get(0);
    }
}
