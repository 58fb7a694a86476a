/** The steps of a switch, in the order of {@link io.towpath.migration.switchover.step.Steps}. */
package io.towpath.migration.switchover.step;
