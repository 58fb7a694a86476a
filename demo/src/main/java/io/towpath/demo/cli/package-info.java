/** What {@code ./towpath} offers beside the migration: the demo, the stack on this machine (up, down, logs), trials. */
package io.towpath.demo.cli;
