/** Databases as child processes, from binaries of the package registry. */
package io.towpath.local.database;
