/** What the target lacks before records can flow: decided as values, applied elsewhere. */
package io.towpath.migration.plan;
