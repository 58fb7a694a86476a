/** Brings a sink's dead-lettered records back, in the order in which they were written first. */
package io.towpath.migration.redrive;
