package io.debezium.connector.postgresql;

import io.debezium.config.CommonConnectorConfig;
import io.debezium.connector.SourceInfoStructMaker;
import java.time.Instant;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * The {@code source} of an event ({@code sourceinfo.struct.maker}), of what is read of it: when, which table, transaction
 * and log position. Debezium's own also says which Debezium, connector, server and database, and writes a JSON text for
 * each event. It lies here because {@link SourceInfo} shows its fields to neighbours only.
 */
public final class SourcePlace implements SourceInfoStructMaker<SourceInfo> {

    private static final Schema SCHEMA = SchemaBuilder.struct()
            .name("io.towpath.capture.SourcePlace")
            .field(SourceInfo.TIMESTAMP_KEY, Schema.INT64_SCHEMA)
            .field(SourceInfo.TIMESTAMP_US_KEY, Schema.INT64_SCHEMA)
            .field(SourceInfo.SCHEMA_NAME_KEY, Schema.STRING_SCHEMA)
            .field(SourceInfo.TABLE_NAME_KEY, Schema.STRING_SCHEMA)
            .field(SourceInfo.TXID_KEY, Schema.OPTIONAL_INT64_SCHEMA)
            .field(SourceInfo.LSN_KEY, Schema.OPTIONAL_INT64_SCHEMA)
            .field(SourceInfo.XMIN_KEY, Schema.OPTIONAL_INT64_SCHEMA)
            .field(SourceInfo.SNAPSHOT_KEY, Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private static final Field[] FIELDS = SCHEMA.fields().toArray(new Field[0]);
    private static final long MICROS = 1_000_000;

    @Override
    public void init(String connector, String version, CommonConnectorConfig config) {}

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Struct struct(SourceInfo source) {
        Instant at = source.timestamp() == null ? Instant.now() : source.timestamp();
        Struct place = new Struct(SCHEMA)
                .put(FIELDS[0], at.toEpochMilli())
                .put(FIELDS[1], at.getEpochSecond() * MICROS + at.getNano() / 1_000)
                .put(FIELDS[2], source.schemaName())
                .put(FIELDS[3], source.tableName())
                .put(FIELDS[4], source.txId())
                .put(
                        FIELDS[5],
                        source.lsn() == null ? null : (Long) source.lsn().asLong())
                .put(FIELDS[6], source.xmin());
        if (source.snapshot() != null) {
            source.snapshot().toSource(place);
        }
        return place;
    }
}
