/** What a proof found, for a terminal, a job, a manager and an auditor. */
package io.towpath.migration.report;
