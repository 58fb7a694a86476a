package io.towpath.migration.metrics;

/** Where a command's gauges are shown while it runs. */
public interface Outlet extends AutoCloseable {

    /** From now on these are shown, in place of those before. */
    void show(Exposition gauges);

    @Override
    default void close() {}
}
