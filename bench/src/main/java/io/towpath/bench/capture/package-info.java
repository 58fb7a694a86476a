/** Capture beside the plain Debezium connector, on one database, with one workload. */
package io.towpath.bench.capture;
