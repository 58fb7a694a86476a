package io.towpath.capture.unit;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;

/** A record that knows its unit. Two of them are never equal: Connect keeps records as keys of maps until a commit. */
public final class UnitRecord extends SourceRecord {

    private transient Unit unit;

    UnitRecord(Map<String, ?> partition, Map<String, ?> offset, Outgoing content) {
        super(
                partition,
                offset,
                content.topic(),
                null,
                content.key() == null ? null : Schema.STRING_SCHEMA,
                content.key(),
                content.schema(),
                content.value(),
                content.timestamp(),
                content.headers());
    }

    public Unit unit() {
        return unit;
    }

    void belongTo(Unit owner) {
        unit = owner;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
