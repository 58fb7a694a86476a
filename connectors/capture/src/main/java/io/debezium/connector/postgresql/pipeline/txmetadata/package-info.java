/** In the place of a class of Debezium; see {@code io.towpath.capture.delegate}. */
package io.debezium.connector.postgresql.pipeline.txmetadata;
