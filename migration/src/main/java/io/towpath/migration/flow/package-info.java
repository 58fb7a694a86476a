/** A running flow, watched: how far it is, and whether the source deletes faster than it copies. */
package io.towpath.migration.flow;
