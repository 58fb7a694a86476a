/** What runs inside the child processes: JDK classes only, so that it may stand on any class path. */
package io.towpath.local.child;
