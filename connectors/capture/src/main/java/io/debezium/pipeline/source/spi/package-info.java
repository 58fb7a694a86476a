/** What takes the place of classes of Debezium; packaged for its class loader alone. */
package io.debezium.pipeline.source.spi;
