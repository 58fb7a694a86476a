/** One thread for each database: open, read, hand over, begin anew after a failure. */
package io.towpath.capture.reader;
