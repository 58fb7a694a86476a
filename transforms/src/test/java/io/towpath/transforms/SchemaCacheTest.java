package io.towpath.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;

class SchemaCacheTest {

    private final AtomicInteger worked = new AtomicInteger();
    private final SchemaCache<String> cache = new SchemaCache<>(8, schema -> {
        worked.incrementAndGet();
        return schema.name();
    });

    @Test
    void equalSchemasAreWorkedOutOnce() {
        assertThat(cache.get(schema(1))).isEqualTo("s1");
        assertThat(cache.get(schema(1))).isEqualTo("s1");
        assertThat(cache.get(schema(2))).isEqualTo("s2");
        assertThat(worked).hasValue(2);
    }

    @Test
    void itStaysBounded() {
        for (int i = 0; i < 1000; i++) {
            assertThat(cache.get(schema(i % 100))).isEqualTo("s" + i % 100);
            assertBounded();
        }
        cache.clear();
        assertThat(cache.size()).isZero();
    }

    private void assertBounded() {
        assertThat(cache.size()).isLessThanOrEqualTo(16);
    }

    private static Schema schema(int number) {
        return SchemaBuilder.struct().name("s" + number).build();
    }
}
