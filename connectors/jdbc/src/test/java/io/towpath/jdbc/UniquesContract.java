package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.jdbc.row.RowOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A unique constraint beside the key never lets a row be written over another one's. Every dialect passes it. */
abstract class UniquesContract {
    static final String ALL = "SELECT id, name FROM items ORDER BY id";

    final Changes source = new Changes();
    final List<String> letters = new ArrayList<>();

    /** An empty database. */
    abstract Database create(String name);

    Database items(String name, String version) throws Exception {
        Database database = create(name + "_" + version);
        database.run("CREATE TABLE items (id bigint PRIMARY KEY, name varchar(20) UNIQUE, text text,"
                + " towpath_version bigint, towpath_incarnation varchar(100))");
        return database;
    }

    Owner owner(Database database, String version) {
        Map<String, String> config = database.config(
                "insert.mode", "upsert",
                "primary.key.mode", "record_key",
                "delete.enabled", "true",
                "collection.name.format", "${source.table}",
                "version.from", version);
        Owner owner = new Owner();
        owner.context.reporter = (record, reason) -> {
            letters.add(RowOp.where(record) + " " + reason.getMessage());
            return CompletableFuture.completedFuture(null);
        };
        return owner.starts(config).opens(P0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "position"})
    void aTakenValueIsRefusedAndNoOtherRowIsTouched(String version) throws Exception {
        Database database = items("taken", version);
        try (Owner owner = owner(database, version)) {
            owner.puts(source.at(1).create(1, "a", null), source.at(2).create(2, "b", null));
            owner.puts(source.at(3).create(3, "a", null), source.at(4).update(2, "c", null));
            owner.puts(source.at(5).update(2, "a", null));
        }
        assertThat(letters).hasSize(2).allSatisfy(letter -> assertThat(letter).contains("unique column"));
        assertThat(database.rows(ALL)).containsExactly("1|a", "2|c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "position"})
    void valuesThatWanderBetweenRowsWithinABatchArriveWhereTheyWent(String version) throws Exception {
        Database database = items("wander", version);
        try (Owner owner = owner(database, version)) {
            owner.puts(source.at(1).create(1, "a", null), source.at(2).create(2, "b", null));
            owner.puts(
                    source.at(3).update(1, "x", null),
                    source.at(4).update(2, "a", null),
                    source.at(5).update(1, "b", null),
                    source.at(6).create(3, "c", null),
                    source.at(7).delete(3),
                    source.at(8).create(0, "c", null));
        }
        assertThat(letters).isEmpty();
        assertThat(database.rows(ALL)).containsExactly("0|c", "1|b", "2|a");
    }

    @Test
    void theGuardHoldsOlderImagesBackBesideAUniqueConstraint() throws Exception {
        Database database = items("guarded", "position");
        try (Owner owner = owner(database, "position")) {
            owner.puts(source.at(10).create(1, "new", null), source.at(11).create(2, "b", null));
            owner.puts(source.at(20).delete(2));
            owner.puts(source.at(5).update(1, "old", null), source.at(15).update(2, "late", null));
            owner.puts(source.at(30).update(1, "newer", null), source.at(31).create(2, "again", null));
        }
        assertThat(database.rows(ALL)).containsExactly("1|newer", "2|again");
    }
}
