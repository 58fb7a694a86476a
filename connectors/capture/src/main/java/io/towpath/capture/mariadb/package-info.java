/** MariaDB as a captured database: its binlog by Debezium's MariaDB connector. */
package io.towpath.capture.mariadb;
