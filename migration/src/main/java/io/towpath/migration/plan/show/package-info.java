/** A plan for people and for programs. */
package io.towpath.migration.plan.show;
