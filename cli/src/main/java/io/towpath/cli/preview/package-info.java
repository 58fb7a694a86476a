/** What a connector's rules would make of a database's next changes: read by Debezium's engine, beside the connector. */
package io.towpath.cli.preview;
