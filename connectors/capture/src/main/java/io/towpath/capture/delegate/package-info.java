/** Debezium's own source task, loaded out of the worker's sight. */
package io.towpath.capture.delegate;
