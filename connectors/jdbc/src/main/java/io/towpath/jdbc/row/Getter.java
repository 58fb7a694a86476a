package io.towpath.jdbc.row;

import org.apache.kafka.connect.sink.SinkRecord;

/** How the value of one column is had from a record and from the row image within it. */
interface Getter {
    Object get(SinkRecord record, Object image);
}
