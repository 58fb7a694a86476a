package io.towpath.activity.rule;

import io.towpath.activity.Activity;
import io.towpath.activity.Change;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.DataException;

/** One compiled rule: which changes it takes, and what they become. */
public final class Rule {

    private final String name;
    private final Match match;
    private final Shape shape;
    private final Map<String, List<Path>> paths;
    private final Activity.Consent consent;

    /** Either a table or a message prefix. */
    record Match(String table, String messagePrefix, Set<Change.Kind> on, List<String> columns, Condition when) {}

    /** Templates may be null where the rule does not name the part. */
    record Shape(Template type, Actor actor, Thing object, Selection data, Selection context) {
        record Actor(Template id, Template kind) {}

        record Thing(Template type, Template id) {}
    }

    /**
     * @param paths what the rule reads, by the full config key that says so
     * @param category of consent that it needs; null for none of its own
     */
    Rule(String name, Match match, Shape shape, Map<String, List<Path>> paths, String category) {
        this.name = name;
        this.match = match;
        this.shape = shape;
        this.paths = paths;
        this.consent = category == null ? null : new Activity.Consent(category, null);
    }

    public String name() {
        return name;
    }

    /** {@code schema.table}; null for a rule on messages. */
    public String table() {
        return match.table;
    }

    /** Prefix of logical messages; null for a rule on a table. */
    public String messagePrefix() {
        return match.messagePrefix;
    }

    /** Category of consent that the rule's activities need; null where it names none. */
    public String consentCategory() {
        return consent == null ? null : consent.basis();
    }

    public Set<Change.Kind> on() {
        return match.on;
    }

    /** The columns that {@code rules.<name>.columns} lists. */
    public List<String> columns() {
        return match.columns;
    }

    /** Every top-level column that the rule reads, by the full config key that names it: to hold against a catalog. */
    public Map<String, Set<String>> columnsByKey() {
        return paths.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream().map(Path::column).collect(Collectors.toUnmodifiableSet())));
    }

    /** Whether an update's old row is needed to decide or is read: the table must log it (REPLICA IDENTITY FULL). */
    public boolean comparesRows() {
        boolean updates = match.on.contains(Change.Kind.UPDATE);
        return updates
                && (!match.columns.isEmpty()
                        || Stream.ofNullable(match.when).anyMatch(Condition::comparesRows)
                        || paths.values().stream()
                                .flatMap(List::stream)
                                .anyMatch(path -> path.which() == Images.Which.BEFORE));
    }

    /** The columns that the rule reads of a deleted row: the table must log them (they are in its replica identity). */
    public Set<String> columnsOfDeleted() {
        if (!match.on.contains(Change.Kind.DELETE)) {
            return Set.of();
        }
        return paths.entrySet().stream()
                .filter(entry -> !entry.getKey().endsWith("." + RuleKeys.COLUMNS)) // asked of updates alone
                .flatMap(entry -> entry.getValue().stream())
                .filter(path -> path.which() != Images.Which.AFTER)
                .map(Path::column)
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean takes(Change.Kind kind) {
        return match.on.contains(kind);
    }

    /** @throws DataException when the change does not carry what the rule must know */
    boolean holds(Change change, Images images) {
        boolean named = change.kind() != Change.Kind.UPDATE || match.columns.isEmpty() || anyChanged(images);
        return named && (match.when == null || match.when.holds(images));
    }

    private boolean anyChanged(Images images) {
        for (String column : match.columns) {
            if (images.changed(column)) {
                return true;
            }
        }
        return false;
    }

    Activity shape(Change change, Images images) {
        String type = shape.type.text(images);
        if (type == null) {
            throw new DataException("its type refers to a column that is NULL or absent, at position "
                    + change.origin().position());
        }
        Change.Origin origin = change.origin();
        return new Activity(
                ActivityId.of(change, name, 0),
                type,
                actor(images),
                object(images),
                shape.context.json(images),
                shape.data.json(images),
                change.occurredAt(),
                new Activity.Source(
                        origin.database(),
                        match.table != null ? match.table : match.messagePrefix,
                        change.kind().word(),
                        origin.position(),
                        origin.transaction()),
                consent);
    }

    private Activity.Actor actor(Images images) {
        String id = text(shape.actor.id, images);
        return id == null ? null : new Activity.Actor(id, text(shape.actor.kind, images));
    }

    private Activity.Thing object(Images images) {
        String type = text(shape.object.type, images);
        return type == null ? null : new Activity.Thing(type, text(shape.object.id, images));
    }

    private static String text(Template template, Images images) {
        return template == null ? null : template.text(images);
    }
}
