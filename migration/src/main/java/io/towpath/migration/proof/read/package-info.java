/** Reads both clusters for the proof. */
package io.towpath.migration.proof.read;
