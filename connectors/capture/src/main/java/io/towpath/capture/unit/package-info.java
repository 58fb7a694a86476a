/** Units: what a database transaction becomes, where it stands in the log, and what Connect has acknowledged. */
package io.towpath.capture.unit;
