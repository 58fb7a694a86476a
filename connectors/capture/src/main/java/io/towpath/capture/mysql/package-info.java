/** MySQL as a captured database: its binlog by Debezium's MySQL connector. */
package io.towpath.capture.mysql;
