/** The capture connector: what Connect sees, and how its parts are put together. */
package io.towpath.capture;
