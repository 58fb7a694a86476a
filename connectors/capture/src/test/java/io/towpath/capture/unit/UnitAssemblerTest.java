package io.towpath.capture.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.capture.postgres.PostgresDialect;
import io.towpath.capture.unit.Position.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitAssemblerTest {

    private static final Position START = Position.at(Map.of("lsn", 1L));

    private final DelegateLog log = new DelegateLog();

    @Test
    void aTransactionIsOneUnitThatEndsAtItsEnd() {
        log.begin("9").change(10).change(11).end(12);

        List<Unit> units = assemble(START, 100);

        assertThat(units).singleElement().satisfies(unit -> {
            assertThat(contents(unit)).containsExactly("9/10/1", "9/11/1");
            assertThat(unit.position()).isEqualTo(Position.at(Map.of("lsn", 12L)));
        });
    }

    @Test
    void changesAtOnePositionAreNumbered() {
        log.begin("9").change(10).change(10).change(10).end(12);

        assertThat(assemble(START, 100)).flatExtracting(this::contents).containsExactly("9/10/1", "9/10/2", "9/10/3");
    }

    /** As Debezium calls a tagged one of MySQL. */
    @Test
    void aTransactionWithTheNameOfTheOneBeforeItIsRefused() {
        log.begin("9").change(10).end(12).begin("9").change(13).end(14);

        assertThatThrownBy(() -> assemble(START, 100))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("behind transaction 9");
    }

    @Test
    void aMessageOutsideTransactionsIsAUnitOfItsOwnAndIsNotAskedForAgain() {
        log.message(20);

        assertThat(assemble(START, 100))
                .singleElement()
                .satisfies(unit -> assertThat(unit.position()).isEqualTo(Position.at(Map.of("lsn", 21L))));
    }

    @Test
    void aTransactionWithoutActivitiesIsNoUnitAndIsReached() {
        log.begin("9").unmatched(10).end(12);
        UnitAssembler assembler = assembler(new Units("shop", true, START), 100);

        log.records().forEach(record -> assertThat(assembler.accept(record)).isEmpty());

        assertThat(assembler.reached()).isEqualTo(Position.at(Map.of("lsn", 12L)));
    }

    @Test
    void everyRecordOfAUnitCarriesItsPositionWhereUnitsAreStoredWhole() {
        log.begin("9").change(10).change(11).end(12);

        assertThat(assemble(START, 100).get(0).records())
                .allSatisfy(record -> assertThat(record.sourceOffset()).isEqualTo(offset(12)));
    }

    @Test
    void onlyTheLastRecordOfAUnitCarriesItsPositionWhereTheyAreNot() {
        log.begin("9").change(10).change(11).end(12);
        UnitAssembler assembler = assembler(new Units("shop", false, START), 100);

        List<Unit> units = new ArrayList<>();
        log.records().forEach(record -> assembler.accept(record).ifPresent(units::add));

        assertThat(units.get(0).records())
                .extracting(record -> (Object) record.sourceOffset())
                .containsExactly(START.toOffset(), offset(12));
    }

    @Test
    void theRecordsOfATransactionThatIsCutAreMarkedAndNoOthers() {
        log.begin("9")
                .change(10)
                .change(11)
                .change(12)
                .end(13)
                .begin("10")
                .change(14)
                .end(15);

        List<Unit> units = assemble(START, 2);

        assertThat(units).hasSize(3);
        assertThat(marks(units)).containsExactly(true, true, true, false);
        Position inside = units.get(0).position();
        assertThat(marks(assemble(inside, 100))).containsExactly(true, false);
    }

    private static List<Boolean> marks(List<Unit> units) {
        return units.stream()
                .flatMap(unit -> unit.records().stream())
                .map(record -> record.headers().lastWithName(Outgoing.PART) != null)
                .toList();
    }

    @Test
    void aTransactionWithChangesAndNoEndIsRefusedInsteadOfJoiningTheNext() {
        List<SourceRecord> xa = new DelegateLog().begin("9").change(10).end(13).records();
        List<SourceRecord> next = log.begin("10").change(20).end(21).records();
        UnitAssembler assembler = assembler(new Units("shop", true, START), 100);
        xa.subList(0, 2).forEach(assembler::accept);

        assertThatThrownBy(() -> assembler.accept(next.get(0)))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("transaction 9 has changes and no end")
                .hasMessageContaining("XA");
    }

    @Test
    void aTransactionWithNeitherChangesNorAnEndIsPassedOver() {
        List<SourceRecord> ddl = new DelegateLog().begin("9").end(13).records();
        UnitAssembler assembler = assembler(new Units("shop", true, START), 100);
        List<Unit> units = new ArrayList<>();

        assembler.accept(ddl.get(0));
        log.begin("10")
                .change(20)
                .end(21)
                .records()
                .forEach(record -> assembler.accept(record).ifPresent(units::add));

        assertThat(units).flatExtracting(this::contents).containsExactly("10/20/1");
    }

    @Test
    void aTransactionThatIsSentAgainFromItsBeginIsNotGatheredTwice() {
        List<SourceRecord> brokenOff = new DelegateLog()
                .begin("9")
                .change(10)
                .change(11)
                .change(12)
                .end(13)
                .records();
        List<SourceRecord> again =
                log.begin("9").change(10).change(11).change(12).end(13).records();

        for (int maxRecords : new int[] {2, 100}) {
            UnitAssembler assembler = assembler(new Units("shop", true, START), maxRecords);
            List<Unit> units = new ArrayList<>();
            brokenOff.subList(0, 4).forEach(record -> assembler.accept(record).ifPresent(units::add));
            again.forEach(record -> assembler.accept(record).ifPresent(units::add));

            assertThat(units).flatExtracting(this::contents).containsExactly("9/10/1", "9/11/1", "9/12/1");
        }
    }

    @Test
    void aLogThatBeginsElsewhereThanTheStoredPartIsRefused() {
        log.begin("10").change(30).end(31);

        assertThatThrownBy(() -> assemble(new Position(START.boundary(), new Part("9", 10, 2)), 100))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("transaction 9");
    }

    /** A random log, read with restarts: after each the delegate begins again behind the stored boundary. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void everyChangeComesOnceAndInOrderWhereverReadingIsCutOff(long seed) {
        Random random = new Random(seed);
        List<String> expected = log.random(random, 60);
        List<String> seen = new ArrayList<>();
        Position stored = START;
        for (int life = 0; life < 40; life++) {
            stored = liveOnce(random, stored, life == 39, seen);
        }
        assertEachOnceInOrder(expected, seen);
    }

    private Position liveOnce(Random random, Position stored, boolean toTheEnd, List<String> seen) {
        Units units = new Units("shop", true, stored);
        UnitAssembler assembler = assembler(units, 1 + random.nextInt(6));
        Position reached = stored;
        int most = toTheEnd ? Integer.MAX_VALUE : random.nextInt(80);
        for (SourceRecord record : log.behind((Long) stored.boundary().get("lsn"))) {
            if (most-- <= 0) {
                break;
            }
            if (random.nextInt(10) == 0) { // as ProgressBeat does, at any time
                reached = Position.fromOffset(assembler.reached().toOffset());
                units.of(reached, List.of(new Outgoing("progress", null, Schema.STRING_SCHEMA, "", 0L, null)));
            }
            Unit unit = assembler.accept(record).orElse(null);
            if (unit != null) {
                seen.addAll(contents(unit));
                reached = Position.fromOffset(unit.position().toOffset());
            }
        }
        return reached;
    }

    private static void assertEachOnceInOrder(List<String> expected, List<String> seen) {
        assertThat(seen).isEqualTo(expected);
    }

    private List<Unit> assemble(Position start, int maxRecords) {
        UnitAssembler assembler = assembler(new Units("shop", true, start), maxRecords);
        List<Unit> units = new ArrayList<>();
        log.records().forEach(record -> assembler.accept(record).ifPresent(units::add));
        return units;
    }

    private static UnitAssembler assembler(Units units, int maxRecords) {
        UnitAssembler.Stages stages = (record, place, out) -> {
            if (!"unmatched".equals(((Struct) record.value()).getString("op"))) {
                String text = place.transaction() + "/" + place.position() + "/" + place.ordinal();
                out.add(new Outgoing("activity", null, Schema.STRING_SCHEMA, text, 0L, null));
            }
        };
        return new UnitAssembler(new PostgresDialect(null), "shop.transaction", stages, units, maxRecords);
    }

    private List<String> contents(Unit unit) {
        return unit.records().stream().map(record -> (String) record.value()).toList();
    }

    private static Map<String, Object> offset(long lsn) {
        return Position.at(Map.of("lsn", lsn)).toOffset();
    }
}
