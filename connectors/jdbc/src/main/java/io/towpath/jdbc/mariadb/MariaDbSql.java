package io.towpath.jdbc.mariadb;

import io.towpath.jdbc.plan.Guard;
import io.towpath.jdbc.plan.RowGroup;
import io.towpath.jdbc.row.Column;
import io.towpath.jdbc.sql.TableId;
import io.towpath.jdbc.sql.TableInfo;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts of the statements for one group of rows; the rows themselves come between them, as {@code x}. */
final class MariaDbSql {
    private final TableInfo table;
    private final List<String> names;
    private final List<String> keys;
    private final Guard guard;

    MariaDbSql(TableInfo table, RowGroup rows) {
        this.table = table;
        this.names = rows.carried().stream().map(Column::name).toList();
        this.keys = rows.shape().keyNames();
        this.guard = rows.guard();
    }

    boolean lacksRequiredColumn() {
        return table.requiresMoreThan(names);
    }

    /** Whether a row may collide with another one in something else than its key. */
    boolean hasOtherUniques() {
        return Stream.concat(Stream.of(table.primaryKey()), table.uniques().stream())
                .anyMatch(unique -> !unique.isEmpty() && !(unique.size() == keys.size() && unique.containsAll(keys)));
    }

    String insert() {
        return "INSERT INTO " + quoted(table.id()) + " (" + list(names, MariaDbSql::quoted) + ")";
    }

    String update() {
        List<String> others = others();
        return " ON DUPLICATE KEY UPDATE "
                + (others.isEmpty()
                        ? quoted(keys.get(0)) + " = " + quoted(keys.get(0))
                        : list(others, name -> quoted(name) + " = VALUES(" + quoted(name) + ")"));
    }

    String updateJoin() {
        return "UPDATE " + quoted(table.id()) + " AS t JOIN";
    }

    String assignments() {
        List<String> others = others();
        String sets = others.isEmpty()
                ? "t." + quoted(keys.get(0)) + " = t." + quoted(keys.get(0))
                : list(others, name -> "t." + quoted(name) + " = x." + quoted(name));
        return " ON " + sameKey() + " SET " + sets;
    }

    /** Compared before anything is assigned, so that the order of the assignments does not matter. */
    String assignmentsToOlder() {
        return assignments() + " WHERE "
                + gives("t.", "x." + quoted(guard.version()), "x." + quoted(guard.incarnation()));
    }

    String whereMissingAndAlive() {
        return whereMissing() + " AND " + alive();
    }

    String insertMissing() {
        return insert() + " SELECT " + list(names, name -> "x." + quoted(name)) + " FROM";
    }

    String whereMissing() {
        return " WHERE NOT EXISTS (SELECT 1 FROM " + quoted(table.id()) + " AS t WHERE " + sameKey() + ")";
    }

    /** With {@link #guardedUpdate}: an upsert that holds older images back. */
    String insertAlive() {
        return insertMissing();
    }

    /** The version comes last: MariaDB assigns from left to right, and each assignment looks at it. */
    String guardedUpdate() {
        String version = quoted(guard.version());
        String incarnation = quoted(guard.incarnation());
        String newer = gives(quoted(table.id()) + ".", "VALUES(" + version + ")", "VALUES(" + incarnation + ")");
        List<String> others = others().stream()
                .filter(name -> !name.equals(guard.version()) && !name.equals(guard.incarnation()))
                .toList();
        UnaryOperator<String> assignment = column ->
                column + " = IF(" + newer + ", VALUES(" + column + "), " + quoted(table.id()) + "." + column + ")";
        String sets = Stream.concat(others.stream().map(MariaDbSql::quoted).map(assignment), Stream.empty())
                .collect(Collectors.joining(", "));
        // Of the last two, the version is compared by the incarnation's assignment, and by its own afterwards.
        String last = version + " = IF(@towpath_newer := " + newer + ", VALUES(" + version + "), "
                + quoted(table.id()) + "." + version + "), " + incarnation + " = IF(@towpath_newer, VALUES("
                + incarnation + "), " + quoted(table.id()) + "." + incarnation + ")";
        return " WHERE " + alive() + " ON DUPLICATE KEY UPDATE " + (sets.isEmpty() ? "" : sets + ", ") + last;
    }

    private String gives(String stored, String version, String incarnation) {
        String storedVersion = stored + quoted(guard.version());
        String storedIncarnation = stored + quoted(guard.incarnation());
        return "(" + storedVersion + " IS NULL OR (" + storedIncarnation + " = " + incarnation + " AND "
                + storedVersion + " <= " + version + ")"
                + (guard.acceptNew() ? " OR " + storedIncarnation + " <> " + incarnation : "") + ")";
    }

    private String alive() {
        return "NOT EXISTS (SELECT 1 FROM " + quoted(guard.tombstones()) + " AS g WHERE g.table_name = "
                + literal(table.id().toString()) + " AND g.row_key = " + keyText() + " AND g.incarnation = x."
                + quoted(guard.incarnation()) + " AND g.version > x." + quoted(guard.version()) + ")";
    }

    String bury() {
        return "INSERT INTO " + quoted(guard.tombstones())
                + " (table_name, row_key, version, incarnation, deleted_at) SELECT "
                + literal(table.id().toString()) + ", " + keyText() + ", x." + quoted(guard.version()) + ", x."
                + quoted(guard.incarnation()) + ", utc_timestamp() FROM";
    }

    String buryEnd() {
        String newer = "@towpath_newer := " + quoted(guard.tombstones())
                + ".incarnation <> VALUES(incarnation) OR " + quoted(guard.tombstones())
                + ".version <= VALUES(version)";
        return " ON DUPLICATE KEY UPDATE version = IF(" + newer + ", VALUES(version), "
                + quoted(guard.tombstones()) + ".version), incarnation = IF(@towpath_newer, VALUES(incarnation), "
                + quoted(guard.tombstones()) + ".incarnation), deleted_at = IF(@towpath_newer, VALUES(deleted_at), "
                + quoted(guard.tombstones()) + ".deleted_at)";
    }

    String deleteJoin() {
        return "DELETE t FROM " + quoted(table.id()) + " AS t JOIN";
    }

    String sameKeyEnd() {
        return " ON " + sameKey();
    }

    String sameKeyAndOlder() {
        return " ON " + sameKey() + " WHERE "
                + gives("t.", "x." + quoted(guard.version()), "x." + quoted(guard.incarnation()));
    }

    String strangers() {
        return "SELECT t." + quoted(guard.incarnation()) + " FROM " + quoted(table.id()) + " AS t JOIN";
    }

    String ofStrangers() {
        return " ON " + sameKey() + " WHERE t." + quoted(guard.version()) + " IS NOT NULL AND t."
                + quoted(guard.incarnation()) + " <> x." + quoted(guard.incarnation()) + " LIMIT 1";
    }

    String newer() {
        return "SELECT count(*) FROM " + quoted(table.id()) + " AS t JOIN";
    }

    String ofNewer() {
        return " ON " + sameKey() + " WHERE t." + quoted(guard.version()) + " > x." + quoted(guard.version());
    }

    private List<String> others() {
        return names.stream().filter(name -> !keys.contains(name)).toList();
    }

    private String sameKey() {
        return keys.stream()
                .map(key -> "t." + quoted(key) + " = x." + quoted(key))
                .collect(Collectors.joining(" AND "));
    }

    private String keyText() {
        return keys.stream()
                .map(key -> "x." + quoted(key))
                .collect(Collectors.joining(", ", "concat_ws(char(31), ", ")"));
    }

    private static String list(List<String> names, UnaryOperator<String> each) {
        return names.stream().map(each).collect(Collectors.joining(", "));
    }

    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    static String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    static String quoted(TableId table) {
        return table.schema() == null ? quoted(table.name()) : quoted(table.schema()) + "." + quoted(table.name());
    }
}
