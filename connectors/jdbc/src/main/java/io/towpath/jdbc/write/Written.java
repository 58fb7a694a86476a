package io.towpath.jdbc.write;

/**
 * What one batch came to.
 *
 * @param rows records that were written
 * @param refused records that went to the dead-letter queue
 * @param older records held back because something newer is there
 */
public record Written(int rows, int refused, int older) {
    static final Written NOTHING = new Written(0, 0, 0);

    Written and(Written more) {
        return new Written(rows + more.rows, refused + more.refused, older + more.older);
    }
}
