package io.towpath.capture.config;

import java.util.List;

/**
 * What is no longer captured.
 *
 * @param policy what becomes of what their servers hold for them
 * @param databases whose keys are still in the config while the list {@code databases} names them no longer
 */
public record Removed(RemovedPolicy policy, List<DatabaseConfig> databases) {}
