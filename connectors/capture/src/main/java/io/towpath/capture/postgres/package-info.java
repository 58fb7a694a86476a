/** PostgreSQL: slot, publication, catalog, and what its log positions mean. */
package io.towpath.capture.postgres;
