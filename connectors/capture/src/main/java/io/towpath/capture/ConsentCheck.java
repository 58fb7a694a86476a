package io.towpath.capture;

import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.config.ConsentConfig;
import io.towpath.capture.config.ConsentConfig.Columns;
import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.database.Catalog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Holds the consent table's config against the live catalogs. */
final class ConsentCheck {

    private final CaptureConfig config;
    private final Map<String, String> props;

    ConsentCheck(CaptureConfig config, Map<String, String> props) {
        this.config = config;
        this.props = props;
    }

    /** What is wrong, by config key; {@code catalogs} in the order of the config's databases. */
    Map<String, String> against(List<Catalog> catalogs) {
        Map<String, String> errors = new HashMap<>();
        for (int i = 0; i < catalogs.size(); i++) {
            String database = config.databases().get(i).name();
            Catalog catalog = catalogs.get(i);
            if (catalog.disorder() != null) {
                errors.put(config.databases().get(i).key(DatabaseConfig.HOSTNAME), catalog.disorder());
            }
            if (catalog.tables() != null) {
                check(database, catalog.tables().get(config.consent().table(database)), errors);
            }
        }
        return errors;
    }

    private void check(String database, Catalog.Table table, Map<String, String> errors) {
        String name = config.consent().table(database);
        String key = ConsentConfig.key(props, database);
        if (table == null) {
            errors.put(
                    key,
                    "database " + database + " has no table " + name + ", wanted: schema.table of its consent table");
            return;
        }
        Columns columns = config.consent().columns();
        column(ConsentConfig.ACTOR, columns.actor(), name, table, errors);
        column(ConsentConfig.CATEGORY_COLUMN, columns.category(), name, table, errors);
        column(ConsentConfig.ALLOWED, columns.allowed(), name, table, errors);
        column(ConsentConfig.CHANGED_AT, columns.changedAt(), name, table, errors);
        if (table.partitioned()) {
            errors.putIfAbsent(
                    key, "table " + name + " is partitioned, and the log names its partitions, wanted: one table");
        }
        if (Stream.of(columns.actor(), columns.category())
                .anyMatch(column -> column != null
                        && table.columns().contains(column)
                        && !table.identity().contains(column))) {
            errors.putIfAbsent(
                    key,
                    "the log of table " + name + " does not say whose row was deleted, wanted: actor and"
                            + " category in its primary key, or ALTER TABLE " + name + " REPLICA IDENTITY FULL");
        }
    }

    private static void column(
            String key, String column, String name, Catalog.Table table, Map<String, String> errors) {
        if (column != null && !table.columns().contains(column)) {
            errors.putIfAbsent(
                    key,
                    "table " + name + " has no column " + column + ", wanted: one of "
                            + String.join(", ", new TreeSet<>(table.columns())));
        }
    }
}
