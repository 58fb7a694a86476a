/**
 * The whole story as one program: a shop's database, capture, the warehouse, the second cluster and the proof. The command
 * {@code ./towpath demo} and the end-to-end tests run the same classes.
 */
package io.towpath.demo.story;
