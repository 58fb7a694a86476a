/** Finds in MirrorMaker 2 configurations what works otherwise than it reads. */
package io.towpath.mm2.lint;
