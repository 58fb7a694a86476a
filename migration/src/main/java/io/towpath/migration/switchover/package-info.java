/** The switch: one list of steps, each with its undo, for a cutover and for a rollback alike. */
package io.towpath.migration.switchover;
