/** What an operator can see of each database: metrics, and a warning before its slot is lost. */
package io.towpath.capture.watch;
