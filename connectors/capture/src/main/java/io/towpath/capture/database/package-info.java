/** The seam between capture and a database product. */
package io.towpath.capture.database;
