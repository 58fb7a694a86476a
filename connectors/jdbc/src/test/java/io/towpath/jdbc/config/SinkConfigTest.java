package io.towpath.jdbc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

class SinkConfigTest {
    private static final String URL = "jdbc:postgresql://db:5432/shop";

    private static final Map<String, String> EVERY_KEY = Map.ofEntries(
            Map.entry("connection.url", URL),
            Map.entry("connection.username", "sink"),
            Map.entry("connection.password", "secret"),
            Map.entry("connection.timeout.ms", "2000"),
            Map.entry("session.idle.timeout.ms", "3000"),
            Map.entry("session.lock.timeout.ms", "4000"),
            Map.entry("session.statement.timeout.ms", "5000"),
            Map.entry("sink.id", "orders"),
            Map.entry("source.cluster", "dc1"),
            Map.entry("offsets.table", "ops.offsets"),
            Map.entry("batch.size", "70"),
            Map.entry("batch.linger.ms", "8"),
            Map.entry("collection.name.format", "t_${topic}"),
            Map.entry("insert.mode", "upsert"),
            Map.entry("primary.key.mode", "record_key"),
            Map.entry("primary.key.fields", "id,tenant"),
            Map.entry("delete.enabled", "true"),
            Map.entry("truncate.enabled", "true"),
            Map.entry("unavailable.value.placeholder", "gone"),
            Map.entry("schema.evolution", "evolve"),
            Map.entry("version.from", "header"),
            Map.entry("version.name", "v"),
            Map.entry("version.column", "row_version"),
            Map.entry("version.incarnation.column", "row_source"),
            Map.entry("version.incarnation.header", "system"),
            Map.entry("version.on.new.incarnation", "accept"),
            Map.entry("version.tombstones.table", "ops.tombstones"),
            Map.entry("version.tombstones.retention.ms", "60000"),
            Map.entry("on.poison.key", "stop"),
            Map.entry("refused.limit.percent", "7"),
            Map.entry("redrive.topic", "again"),
            Map.entry("parked.table", "ops.parked"),
            Map.entry("parked.limit", "9"),
            Map.entry("erasure.enabled", "false"),
            Map.entry("erasure.actor.column", "who"),
            Map.entry("erasure.tables", "one,two"));

    @Test
    void everyKeyHasItsPlaceInTheRecord() {
        assertThat(EVERY_KEY.keySet()).isEqualTo(SinkConfig.definition().names());
        assertThat(SinkConfig.parse(EVERY_KEY))
                .isEqualTo(new SinkConfig(
                        new ConnectionConfig(
                                URL,
                                "sink",
                                new Password("secret"),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(5)),
                        new FenceConfig("orders", "dc1", "ops.offsets"),
                        new BatchConfig(70, Duration.ofMillis(8)),
                        new WriteConfig(
                                "t_${topic}",
                                InsertMode.UPSERT,
                                KeyMode.RECORD_KEY,
                                List.of("id", "tenant"),
                                true,
                                true,
                                "gone",
                                SchemaEvolution.EVOLVE),
                        new VersionConfig(
                                VersionSource.HEADER,
                                "v",
                                "row_version",
                                "row_source",
                                "system",
                                NewIncarnation.ACCEPT,
                                "ops.tombstones",
                                Duration.ofMinutes(1)),
                        new ErrorConfig(PoisonKey.STOP, 7),
                        new ParkConfig("again", "ops.parked", 9),
                        new ErasureConfig(false, "who", List.of("one", "two"))));
    }

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        SinkConfig config = SinkConfig.parse(Map.of("name", "orders-sink", "connection.url", URL));
        assertThat(config.fence()).isEqualTo(new FenceConfig("orders-sink", "default", "towpath_sink_offsets"));
        assertThat(config.write())
                .isEqualTo(new WriteConfig(
                        "${topic}",
                        InsertMode.APPEND,
                        KeyMode.NONE,
                        List.of(),
                        false,
                        false,
                        "__debezium_unavailable_value",
                        SchemaEvolution.NONE));
        assertThat(config.batch()).isEqualTo(new BatchConfig(3_000, Duration.ofMillis(50)));
        assertThat(config.errors()).isEqualTo(new ErrorConfig(PoisonKey.CONTINUE, 20));
        assertThat(config.version().guards()).isFalse();
    }

    @Test
    void aUrlOfAnotherDatabaseIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> SinkConfig.parse(Map.of("connection.url", "jdbc:oracle:thin:me/secret@db")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("connection.url")
                .hasMessageContaining("jdbc:postgresql:")
                .hasMessageNotContaining("secret");
    }

    @Test
    void anUnknownWordIsNotReadAsTheDefault() {
        assertThatThrownBy(() -> SinkConfig.parse(Map.of("connection.url", URL, "insert.mode", "merge")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("insert.mode")
                .hasMessageContaining("append, upsert");
    }
}
