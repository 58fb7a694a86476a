/** Child processes: how they are born, signalled, watched over, and never left behind. */
package io.towpath.local.process;
