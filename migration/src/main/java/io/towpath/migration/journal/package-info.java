/** Where a migration stands: one record in a compacted topic on either cluster, written by one run at a time. */
package io.towpath.migration.journal;
