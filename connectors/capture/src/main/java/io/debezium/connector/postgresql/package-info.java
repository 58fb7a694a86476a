/** Beside classes of Debezium that show themselves to neighbours only; see {@code io.towpath.capture.delegate}. */
package io.debezium.connector.postgresql;
