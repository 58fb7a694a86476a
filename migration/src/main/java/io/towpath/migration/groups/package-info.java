/** Where groups stand on the source, and where that is on the target: decided as values, set elsewhere. */
package io.towpath.migration.groups;
