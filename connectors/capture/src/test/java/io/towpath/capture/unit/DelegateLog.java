package io.towpath.capture.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** A database's log as the delegate tells it: transactions in the order of their ends, whole. */
final class DelegateLog {

    private static final Schema MARK =
            SchemaBuilder.struct().field("status", Schema.STRING_SCHEMA).field("id", Schema.STRING_SCHEMA);
    private static final Schema CHANGE =
            SchemaBuilder.struct().field("op", Schema.STRING_SCHEMA).field("source", Schema.OPTIONAL_STRING_SCHEMA);
    private static final Schema MESSAGE = SchemaBuilder.struct()
            .field("op", Schema.STRING_SCHEMA)
            .field("source", Schema.OPTIONAL_STRING_SCHEMA)
            .field("message", Schema.OPTIONAL_STRING_SCHEMA);

    private record Entry(SourceRecord record, long unitEnd) {}

    private final List<Entry> entries = new ArrayList<>();
    private final List<SourceRecord> open = new ArrayList<>();
    private String transaction;

    DelegateLog begin(String id) {
        transaction = id;
        open.add(record(
                "shop.transaction", 0, new Struct(MARK).put("status", "BEGIN").put("id", id + ":1")));
        return this;
    }

    DelegateLog change(long lsn) {
        open.add(record("shop.public.orders", lsn, new Struct(CHANGE).put("op", "c")));
        return this;
    }

    DelegateLog unmatched(long lsn) {
        open.add(record("shop.public.orders", lsn, new Struct(CHANGE).put("op", "unmatched")));
        return this;
    }

    DelegateLog end(long lsn) {
        open.add(record(
                "shop.transaction", lsn, new Struct(MARK).put("status", "END").put("id", transaction + ":" + lsn)));
        open.forEach(record -> entries.add(new Entry(record, lsn)));
        open.clear();
        return this;
    }

    DelegateLog message(long lsn) {
        SourceRecord record = record("shop.message", lsn, new Struct(MESSAGE).put("op", "m"));
        entries.add(new Entry(record, lsn + 1));
        return this;
    }

    List<SourceRecord> records() {
        return behind(0);
    }

    /** What the server sends to one who asks from {@code lsn} on. */
    List<SourceRecord> behind(long lsn) {
        return entries.stream()
                .filter(entry -> entry.unitEnd > lsn)
                .map(Entry::record)
                .toList();
    }

    /** Fills the log with transactions, large ones and such at one position among them, and messages between them. */
    List<String> random(Random random, int units) {
        List<String> expected = new ArrayList<>();
        long lsn = 100;
        for (int i = 0; i < units; i++) {
            lsn += 1 + random.nextInt(9);
            if (random.nextInt(4) == 0) {
                message(lsn);
                expected.add("null/" + lsn + "/1");
                continue;
            }
            begin("t" + i);
            int ordinal = 1;
            for (int change = random.nextInt(20); change > 0; change--) {
                boolean samePosition = random.nextBoolean() && ordinal > 1;
                lsn += samePosition ? 0 : 1;
                ordinal = samePosition ? ordinal + 1 : 2;
                boolean matched = random.nextInt(5) > 0;
                if (matched) {
                    change(lsn);
                    expected.add("t" + i + "/" + lsn + "/" + (ordinal - 1));
                } else {
                    unmatched(lsn);
                }
            }
            lsn += 1 + random.nextInt(9);
            end(lsn);
        }
        return expected;
    }

    private static SourceRecord record(String topic, long lsn, Struct value) {
        return new SourceRecord(Map.of("server", "shop"), Map.of("lsn", lsn), topic, value.schema(), value);
    }
}
