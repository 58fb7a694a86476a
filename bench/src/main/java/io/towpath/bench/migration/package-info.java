/** The mirror and the proof, measured beside what they could be at best. */
package io.towpath.bench.migration;
