/** What each role may do on a secured cluster, as data that is printed and set alike. */
package io.towpath.migration.access;
