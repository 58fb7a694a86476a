package io.towpath.capture;

import io.towpath.activity.rule.Rule;
import io.towpath.capture.database.Catalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Holds the rules against the live catalogs: every table must be in one of the databases, and have the columns. */
final class RuleCheck {

    private final List<Rule> rules;

    RuleCheck(List<Rule> rules) {
        this.rules = rules;
    }

    /** What is wrong, by config key; nothing unless every database could be asked. */
    Map<String, String> against(List<Catalog> catalogs) {
        Map<String, String> errors = new HashMap<>();
        if (catalogs.stream().anyMatch(catalog -> catalog.tables() == null)) {
            return errors;
        }
        for (Rule rule : rules) {
            if (rule.table() != null) {
                List<Catalog.Table> tables = new ArrayList<>();
                catalogs.forEach(catalog -> {
                    if (catalog.tables().containsKey(rule.table())) {
                        tables.add(catalog.tables().get(rule.table()));
                    }
                });
                check(rule, tables, errors);
            }
        }
        return errors;
    }

    private static void check(Rule rule, List<Catalog.Table> tables, Map<String, String> errors) {
        String key = "rules." + rule.name() + ".";
        if (tables.isEmpty()) {
            errors.put(
                    key + "table",
                    "table " + rule.table() + " is in none of the databases, wanted: schema.table of one");
            return;
        }
        for (Catalog.Table table : tables) {
            if (table.partitioned()) {
                errors.putIfAbsent(
                        key + "table",
                        "table " + rule.table() + " is partitioned, and the log names its partitions, wanted: rules on"
                                + " the partitions themselves");
            }
            rule.columnsByKey().forEach((columnsKey, columns) -> {
                TreeSet<String> missing = new TreeSet<>(columns);
                missing.removeAll(table.columns());
                if (!missing.isEmpty()) {
                    errors.put(
                            columnsKey,
                            "table " + rule.table() + " has no column " + String.join(", ", missing)
                                    + ", wanted: one of " + String.join(", ", new TreeSet<>(table.columns())));
                }
            });
            if (rule.comparesRows() && !table.logsOldRows()) {
                errors.putIfAbsent(
                        key + "table",
                        "rule " + rule.name() + " compares an update with the row before it, and the log of table "
                                + rule.table() + " lacks that row, wanted: ALTER TABLE " + rule.table()
                                + " REPLICA IDENTITY FULL");
            }
            deleted(rule, table).ifPresent(message -> errors.putIfAbsent(key + "table", message));
        }
    }

    /** What is wrong with a rule on deletes: of the deleted row, the log holds the replica identity alone. */
    private static Optional<String> deleted(Rule rule, Catalog.Table table) {
        TreeSet<String> lacking = new TreeSet<>(rule.columnsOfDeleted());
        lacking.retainAll(table.columns());
        lacking.removeAll(table.identity());
        if (lacking.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("rule " + rule.name() + " reads " + String.join(", ", lacking)
                + " of a deleted row, and the log of table " + rule.table() + " lacks them, wanted: ALTER TABLE "
                + rule.table() + " REPLICA IDENTITY FULL");
    }
}
