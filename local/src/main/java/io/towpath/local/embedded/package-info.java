/** The servers of {@link io.towpath.local.Stack#embedded}: child processes of this JVM. */
package io.towpath.local.embedded;
