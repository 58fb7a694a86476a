/** Packaged MirrorMaker 2 flows: data in resources, rendered to the exact connector configuration. */
package io.towpath.mm2;
