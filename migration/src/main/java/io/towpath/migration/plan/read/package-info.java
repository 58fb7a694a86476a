/** What a plan is made from, asked from live clusters; and the one class that changes a target. */
package io.towpath.migration.plan.read;
