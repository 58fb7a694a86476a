package io.towpath.capture.delegate;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import io.debezium.connector.postgresql.pipeline.txmetadata.PostgresTransactionMonitor;
import io.debezium.pipeline.source.spi.EventMetadataProvider;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.pipeline.txmetadata.DefaultTransactionInfo;
import io.debezium.pipeline.txmetadata.TransactionMonitor;
import io.debezium.relational.TableId;
import io.debezium.schema.RememberedTopics;
import io.debezium.schema.SchemaTopicNamingStrategy;
import io.debezium.spi.schema.DataCollectionId;
import io.towpath.activity.Row;
import io.towpath.capture.database.Dialect;
import io.towpath.capture.postgres.PostgresDialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** What the delegate is made to leave out: what is read of its records is still in them. */
class LeanDelegateTest {

    private static final Instant AT = Instant.parse("2026-11-22T10:15:30.123456Z");
    private static final Dialect DIALECT = new PostgresDialect(null);
    private static final Configuration GIVEN = Configuration.from(
                    Map.of("topic.prefix", "shop", "database.dbname", "shop", "provide.transaction.metadata", "true"))
            .edit()
            .with(Configuration.from(DIALECT.leanConfig()))
            .build();
    private static final PostgresConnectorConfig CONFIG = new PostgresConnectorConfig(GIVEN);

    private final List<SourceRecord> sent = new ArrayList<>();
    private final PostgresOffsetContext offset = new PostgresOffsetContext.Loader(CONFIG).load(Map.of("lsn", 1L));

    @Test
    void aTransactionsBeginAndEndCarryTheOffsetThatTheyStandAt() throws InterruptedException {
        TransactionMonitor monitor = new PostgresTransactionMonitor(
                CONFIG, new NotAsked(), CONFIG.schemaNameAdjuster(), sent::add, "shop.transaction");
        PostgresPartition partition = new PostgresPartition("shop", "shop");
        at(100, ReplicationMessage.Operation.BEGIN);
        monitor.transactionStartedEvent(partition, new DefaultTransactionInfo("571"), offset, AT);
        at(140, ReplicationMessage.Operation.COMMIT);
        monitor.transactionCommittedEvent(partition, offset, AT);

        assertThat(sent).extracting(SourceRecord::topic).containsOnly("shop.transaction");
        assertThat(sent)
                .extracting(record -> ((Struct) record.value()).getString("status"))
                .containsExactly("BEGIN", "END");
        assertThat(DIALECT.transaction(((Struct) sent.get(0).value()).getString("id")))
                .isEqualTo("571");
        assertThat(DIALECT.boundaryBehind(sent.get(1))).isEqualTo(Map.of("lsn", 140L));
        assertThat(((Struct) sent.get(1).value()).getInt64("ts_ms")).isEqualTo(AT.toEpochMilli());
    }

    @Test
    void theSourceOfAnEventSaysWhenWhereAndInWhichTransaction() {
        at(120, ReplicationMessage.Operation.INSERT);

        Row source = Row.of(offset.getSourceInfo());

        assertThat(source.get("ts_us")).isEqualTo(1_795_342_530_123_456L);
        assertThat(source.get("ts_ms")).isEqualTo(1_795_342_530_123L);
        assertThat(source.get("schema")).isEqualTo("public");
        assertThat(source.get("table")).isEqualTo("orders");
        assertThat(source.get("txId")).isEqualTo(571L);
        assertThat(source.get("lsn")).isEqualTo(120L);
        assertThat(source.has("xmin")).as("asked for by Debezium itself").isTrue();
    }

    @Test
    void topicsHaveTheNamesThatDebeziumGivesThem() {
        var stock = SchemaTopicNamingStrategy.create(CONFIG);
        var ours = new RememberedTopics(GIVEN.asProperties());
        for (int look = 0; look < 2; look++) {
            for (String table : List.of("orders", "Größe", "a b")) {
                TableId id = new TableId("shop", "public", table);
                assertThat(ours.dataChangeTopic(id)).isEqualTo(stock.dataChangeTopic(id));
            }
        }
        assertThat(ours.transactionTopic()).isEqualTo(stock.transactionTopic());
    }

    /** Debezium's own monitor would ask it of every event. */
    private static final class NotAsked implements EventMetadataProvider {
        @Override
        public Instant getEventTimestamp(DataCollectionId table, OffsetContext offset, Object key, Struct value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, String> getEventSourcePosition(
                DataCollectionId table, OffsetContext offset, Object key, Struct value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getTransactionId(DataCollectionId table, OffsetContext offset, Object key, Struct value) {
            throw new UnsupportedOperationException();
        }
    }

    private void at(long lsn, ReplicationMessage.Operation operation) {
        offset.updateWalPosition(
                Lsn.valueOf((Long) lsn), null, AT, 571L, null, new TableId("shop", "public", "orders"), operation);
    }
}
