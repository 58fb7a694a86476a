package io.towpath.capture.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.capture.config.BadChangePolicy;
import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.postgres.PostgresDialect;
import io.towpath.capture.unit.Outgoing;
import io.towpath.capture.unit.Position;
import io.towpath.capture.unit.Position.Part;
import io.towpath.capture.unit.Unit;
import io.towpath.capture.unit.UnitAssembler;
import io.towpath.capture.unit.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Over seeded random logs of single inserts, multi-row inserts and COPY (many rows at one log position), and snapshots:
 * no two changes share an id, and whatever is read again, from wherever, has the id that it had.
 */
class ActivityIdPropertyTest {

    private static final Schema ROW =
            SchemaBuilder.struct().field("id", Schema.INT32_SCHEMA).build();
    private static final Schema SOURCE = SchemaBuilder.struct()
            .field("db", Schema.STRING_SCHEMA)
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("txId", Schema.OPTIONAL_INT64_SCHEMA)
            .field("lsn", Schema.INT64_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();
    private static final Schema CHANGE = SchemaBuilder.struct()
            .field("op", Schema.STRING_SCHEMA)
            .field("source", SOURCE)
            .field("after", ROW)
            .build();
    private static final Schema MARK = SchemaBuilder.struct()
            .field("status", Schema.STRING_SCHEMA)
            .field("id", Schema.STRING_SCHEMA)
            .build();
    private static final long START = 100;
    private static final CaptureConfig CONFIG = CaptureConfig.parse(Map.of(
            "name", "c",
            "databases", "shop",
            "databases.shop.hostname", "db1",
            "databases.shop.user", "capture",
            "rules", "placed",
            "rules.placed.table", "public.orders",
            "rules.placed.on", "insert,snapshot",
            "rules.placed.type", "order.placed"));

    private final List<SourceRecord> log = new ArrayList<>();
    private final Random seeds = new Random(99);
    private int rows;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void noTwoChangesShareAnIdAndAReplayHasTheSame(long seed) {
        Random random = new Random(seed);
        List<String> snapshot = snapshot(1 + random.nextInt(50));
        assertThat(snapshot(snapshot.size())).as("a snapshot taken again").isEqualTo(snapshot);
        write(random);

        List<Unit> all = read(Position.at(Map.of("lsn", START)), 1 + random.nextInt(20));

        List<String> ids = ids(all);
        assertNoTwoShareAnId(snapshot, ids);
        for (int replay = 0; replay < 10; replay++) {
            int units = random.nextInt(all.size());
            Position behind = all.get(units).position();
            assertSameIds(ids(all.subList(units + 1, all.size())), ids(read(behind, 1 + random.nextInt(20))));
        }
    }

    private static void assertNoTwoShareAnId(List<String> snapshot, List<String> ids) {
        List<String> both = new ArrayList<>(snapshot);
        both.addAll(ids);
        assertThat(both).doesNotHaveDuplicates();
    }

    private static void assertSameIds(List<String> first, List<String> replayed) {
        assertThat(replayed).isEqualTo(first);
    }

    private void write(Random random) {
        long lsn = START;
        for (int transaction = 1; transaction <= 30; transaction++) {
            mark("BEGIN", transaction, lsn);
            for (int statement = random.nextInt(4); statement >= 0; statement--) {
                int page = random.nextBoolean() ? 1 : 13; // a COPY logs a page of rows at a time
                for (int row = 1 + random.nextInt(40); row > 0; row--) {
                    lsn += row % page == 0 ? 8 : 0;
                    log.add(change("c", (long) transaction, Math.max(lsn, START + 1), ++rows));
                }
            }
            lsn += 8;
            mark("END", transaction, lsn);
        }
    }

    private void mark(String status, int transaction, long lsn) {
        Struct value = new Struct(MARK).put("status", status).put("id", transaction + ":" + lsn);
        log.add(new SourceRecord(Map.of(), Map.of("lsn", lsn), "shop.transaction", MARK, value));
    }

    private static SourceRecord change(String op, Long transaction, long lsn, int id) {
        Struct row = new Struct(ROW).put("id", id);
        Struct source = new Struct(SOURCE)
                .put("db", "shop")
                .put("schema", "public")
                .put("table", "orders")
                .put("txId", transaction)
                .put("lsn", lsn)
                .put("ts_ms", 1L);
        Struct value = new Struct(CHANGE).put("op", op).put("source", source).put("after", row);
        return new SourceRecord(Map.of(), Map.of("lsn", lsn), "shop.public.orders", null, ROW, row, CHANGE, value);
    }

    /** The delegate stamps its rows with where the log stood when it looked: another place each time. */
    private List<String> snapshot(int size) {
        List<Outgoing> out = new ArrayList<>();
        ActivityStages stages = stages();
        long looked = START + seeds.nextInt(1_000);
        for (int id = 1; id <= size; id++) {
            stages.apply(change("r", null, looked, id), new Part(null, START, 0), out);
        }
        return out.stream().map(outgoing -> id(outgoing.value())).toList();
    }

    private List<Unit> read(Position from, int maxRecords) {
        long boundary = (Long) from.boundary().get("lsn");
        UnitAssembler assembler = new UnitAssembler(
                new PostgresDialect(null), "shop.transaction", stages(), new Units("shop", true, from), maxRecords);
        List<Unit> units = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < log.size(); i++) {
            boolean end = log.get(i).value() instanceof Struct mark
                    && mark.schema() == MARK
                    && mark.getString("status").equals("END");
            if (end && (Long) log.get(i).sourceOffset().get("lsn") > boundary) {
                log.subList(begin, i + 1)
                        .forEach(record -> assembler.accept(record).ifPresent(units::add));
            }
            begin = end ? i + 1 : begin;
        }
        return units;
    }

    private static ActivityStages stages() {
        return new ActivityStages(
                "7341",
                CONFIG.databases().get(0),
                CONFIG,
                new BadChanges("shop", BadChangePolicy.FAIL),
                Optional.empty());
    }

    private static List<String> ids(List<Unit> units) {
        return units.stream()
                .flatMap(unit -> unit.records().stream())
                .map(record -> id(record.value()))
                .toList();
    }

    private static String id(Object activity) {
        return ((Struct) activity).getString("id");
    }
}
