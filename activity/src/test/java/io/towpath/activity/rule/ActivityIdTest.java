package io.towpath.activity.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activity.Change;
import io.towpath.activity.Change.Kind;
import io.towpath.activity.Row;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ActivityIdTest {

    @Test
    void itIsAUuidOfVersionFive() {
        UUID id = UUID.fromString(ActivityId.of(row(Kind.INSERT, 1, 1), "placed", 0));
        assertThat(id.version()).isEqualTo(5);
        assertThat(id.variant()).isEqualTo(2);
        // python: uuid5(uuid5(NAMESPACE_DNS, "io.towpath.activity"), "7341\n571\n24023128\n1\nplaced\n0")
        assertThat(id).hasToString("d6260f32-21eb-5ec0-8fba-7cd8aa3a3ddb");
    }

    @Test
    void aReplayHasTheSameId() {
        assertThat(ActivityId.of(row(Kind.INSERT, 1, 1), "placed", 0))
                .isEqualTo(ActivityId.of(row(Kind.INSERT, 1, 1), "placed", 0));
    }

    @Test
    void aTimeZoneOrALaterReadingOfTheRowDoesNotMatter() {
        Change change = row(Kind.INSERT, 1, 1);
        Change later = new Change(
                change.kind(), change.table(), null, null, null, change.after(), null, Instant.MAX, change.origin());
        assertThat(ActivityId.of(later, "placed", 0)).isEqualTo(ActivityId.of(change, "placed", 0));
    }

    /** COPY and multi-row INSERT: one position for many rows, told apart by their ordinal. */
    @Test
    void rowsOfOnePositionDifferByTheirOrdinal() {
        assertUnique(ordinal -> row(Kind.INSERT, ordinal, 7));
    }

    /** A snapshot, and a connector that does not number its changes: told apart by the key. */
    @Test
    void rowsWithoutAnOrdinalDifferByTheirKey() {
        assertUnique(key -> row(Kind.SNAPSHOT, 0, key));
        assertUnique(key -> row(Kind.INSERT, 0, key));
    }

    @Test
    void aSnapshotRowKeepsItsIdWhateverItsOrdinalAndTransaction() {
        assertThat(ActivityId.of(row(Kind.SNAPSHOT, 5, 1), "r", 0))
                .isNotEqualTo(ActivityId.of(row(Kind.SNAPSHOT, 5, 2), "r", 0));
    }

    @Test
    void rulesDifferAndSoDoTheirActivities() {
        Change change = row(Kind.INSERT, 1, 1);
        assertThat(Set.of(
                        ActivityId.of(change, "a", 0),
                        ActivityId.of(change, "b", 0),
                        ActivityId.of(change, "a", 1),
                        ActivityId.of(row(Kind.INSERT, 2, 1), "a", 0)))
                .hasSize(4);
    }

    @Test
    void noTwoChangesOfARandomHistoryShareAnId() {
        long seed = 20260101;
        Random random = new Random(seed);
        Set<String> ids = new HashSet<>();
        int changes = 0;
        long position = 1000;
        for (int transaction = 0; transaction < 300; transaction++) {
            boolean copy = random.nextBoolean();
            int size = 1 + random.nextInt(40);
            for (int ordinal = 1; ordinal <= size; ordinal++, changes++) {
                position += copy ? 0 : random.nextInt(50);
                Change.Origin origin = new Change.Origin("7341", "shop", "" + transaction, "" + position, ordinal);
                ids.add(ActivityId.of(row(Kind.INSERT, ordinal, 1).at(origin), "r", 0));
            }
        }
        assertThat(ids).as("seed %d", seed).hasSize(changes);
    }

    private interface Numbered {
        Change of(int number);
    }

    private static void assertUnique(Numbered changes) {
        Set<String> ids = new HashSet<>();
        for (int i = 1; i <= 1000; i++) {
            ids.add(ActivityId.of(changes.of(i), "r", 0));
        }
        assertThat(ids).hasSize(1000);
    }

    private static Change row(Kind kind, long ordinal, int key) {
        Row row = Row.of(Map.of("id", key));
        Change.Origin origin = new Change.Origin("7341", "shop", "571", "24023128", ordinal);
        return new Change(kind, "public.orders", null, row, null, row, null, Instant.EPOCH, origin);
    }
}
