/** Parts of {@code towpath soak}: trouble, what is measured meanwhile, and its picture. */
package io.towpath.demo.soak;
