/** Beside classes of Debezium; see {@code io.towpath.capture.delegate}. */
package io.debezium.schema;
