/**
 * What {@code ./towpath} offers beside the migration: the stack on this machine (up, down, logs), the demo, trials. The
 * classes {@link io.towpath.demo.cli.Detached} and {@link io.towpath.demo.cli.Claim} are how any command leaves a stack
 * behind.
 */
package io.towpath.demo.cli;
