/**
 * Parked keys: after a record was dead-lettered, the later ones of its key follow it, so that order survives.
 *
 * <pre>
 * topic          K1  K2  K1'  K1''            K1 is refused: K1, K1', K1'' go to the dead-letter queue, K2 is written
 * table          K1  K1' K1''                 the coordinates of all that wait, in the rows' own transaction
 * redrive.topic  K1  K1' K1''                 towpath redrive wrote them: the lowest that waits is written and leaves
 * </pre>
 *
 * A re-driven record has two coordinates. Those of the redrive topic decide its place in the log and move a fence row of
 * their own, as those of any topic do. The original ones, in the header {@code towpath.redrive}, decide everything about
 * the row: its turn among those that wait, its version, its key where that is made of coordinates, its table's name.
 */
package io.towpath.jdbc.park;
