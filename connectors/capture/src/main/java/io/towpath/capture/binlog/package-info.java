/** A captured database that is read by its binlog: what MariaDB and MySQL have in common. */
package io.towpath.capture.binlog;
