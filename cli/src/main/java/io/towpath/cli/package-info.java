/** The command line as it is shipped: the migration's commands, and those that know a plugin from within. */
package io.towpath.cli;
