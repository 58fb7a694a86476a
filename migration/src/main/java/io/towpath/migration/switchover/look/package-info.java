/** What a switch sees of a cluster: ends, writers, open transactions, and for how long nothing has stirred. */
package io.towpath.migration.switchover.look;
