/** Consumer lag, judged by how offsets move over a window of time instead of compared with a limit. */
package io.towpath.migration.lag;
