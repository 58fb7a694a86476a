/** A network that misbehaves on demand: {@link io.towpath.local.link.TcpLink}. */
package io.towpath.local.link;
