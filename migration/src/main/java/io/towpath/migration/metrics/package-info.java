/** What the job tells Prometheus: gauges as text, in a file or at {@code /metrics}. */
package io.towpath.migration.metrics;
