package io.towpath.migration.journal;

import io.towpath.migration.config.Cluster;
import io.towpath.migration.config.Migration;
import java.util.Locale;

/** One of the two clusters, by its part in migration.yaml; a rollback does not exchange them. */
public enum Side {
    SOURCE,
    TARGET;

    public Side other() {
        return this == SOURCE ? TARGET : SOURCE;
    }

    public Cluster cluster(Migration migration) {
        return this == SOURCE ? migration.source() : migration.target();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
