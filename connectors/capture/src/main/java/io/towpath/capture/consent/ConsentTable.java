package io.towpath.capture.consent;

import io.towpath.activity.Change;
import io.towpath.activity.Row;
import io.towpath.activity.value.Scalar;
import io.towpath.capture.config.ConsentConfig.Columns;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.connect.errors.DataException;

/** Reads what a change of the consent table says. What cannot be understood is a no. */
final class ConsentTable {

    private static final Set<String> YES = Set.of("true", "t", "yes", "y", "1");

    private final String table;
    private final Columns columns;
    private final String defaultCategory;

    /** One row's word; {@code changedAt} may be null. */
    record Said(String actor, String category, Verdict verdict, Instant changedAt) {}

    /** @param defaultCategory of all rows of a table without a column for it */
    ConsentTable(String table, Columns columns, String defaultCategory) {
        this.table = table;
        this.columns = columns;
        this.defaultCategory = defaultCategory;
    }

    boolean holds(Change change) {
        return table.equals(change.table());
    }

    /**
     * What {@code change} says, in this order: that the old row's actor withdraws, what the new row's actor wants.
     *
     * @throws DataException the log does not say whose row it is; the text holds no value
     */
    List<Said> read(Change change) {
        List<Said> said = new ArrayList<>(2);
        Row before = change.before();
        Row after = change.after();
        if (after == null) {
            said.add(withdrawn(change, before));
            return said;
        }
        Said now = new Said(actor(change, after), category(after), verdict(after), changedAt(after));
        if (before != null && before.get(columns.actor()) != null) {
            Said old = withdrawn(change, before);
            if (!old.actor().equals(now.actor()) || !old.category().equals(now.category())) {
                said.add(old);
            }
        }
        said.add(now);
        return said;
    }

    private Said withdrawn(Change change, Row row) {
        return new Said(actor(change, row), category(row), Verdict.WITHDRAWN, null);
    }

    private String actor(Change change, Row row) {
        String actor = row == null ? null : text(row, columns.actor());
        if (actor == null) {
            throw new DataException("a change of the consent table " + table + " at log position "
                    + change.origin().position() + " has no column " + columns.actor()
                    + ": nobody knows who has changed what they allow, wanted: that column in the table and, for deleted"
                    + " rows, in its primary key or replica identity");
        }
        return actor;
    }

    private String category(Row row) {
        String category = columns.category() == null ? null : text(row, columns.category());
        return Objects.requireNonNullElse(category, defaultCategory);
    }

    private Verdict verdict(Row row) {
        Object value = Scalar.of(row.get(columns.allowed()), row.schema(columns.allowed()));
        String yes = value instanceof Number number
                ? Boolean.toString(number.doubleValue() == 1)
                : String.valueOf(value).toLowerCase(Locale.ROOT);
        boolean allowed = YES.contains(yes);
        return allowed ? Verdict.ALLOWED : Verdict.DENIED;
    }

    private Instant changedAt(Row row) {
        String text = columns.changedAt() == null ? null : text(row, columns.changedAt());
        if (text == null) {
            return null;
        }
        try {
            boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:?\\d\\d$");
            return zoned
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    private static String text(Row row, String column) {
        return Scalar.text(row.get(column), row.schema(column));
    }
}
