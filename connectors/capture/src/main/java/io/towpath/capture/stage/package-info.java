/** From a change record to the records of its activities. */
package io.towpath.capture.stage;
