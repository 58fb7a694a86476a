package io.towpath.jdbc.row;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * What a record's value says, whichever form it has.
 *
 * @param image the row, a Struct or a Map; null for a truncate and for a delete that names the key alone
 * @param schema the image's; null when it has none
 * @param source a change event's block of that name, a Struct or a Map; null for any other record
 * @param created whether the row was not there before, so that no column can stay as it is
 */
record Event(RowOp.Kind kind, Object image, Schema schema, Object source, boolean created) {

    /** @param image an activity that says whose rows go */
    static Event erase(Struct image) {
        return new Event(RowOp.Kind.ERASE, image, image.schema(), null, false);
    }

    static Event write(Object image, Schema schema, Object source) {
        return new Event(RowOp.Kind.WRITE, image, schema, source, false);
    }

    static Event create(Object image, Schema schema, Object source) {
        return new Event(RowOp.Kind.WRITE, image, schema, source, true);
    }
}
