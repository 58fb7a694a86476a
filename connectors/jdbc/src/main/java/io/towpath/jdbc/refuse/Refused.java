package io.towpath.jdbc.refuse;

import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/** A record that cannot be written, and why, without its payload. */
public record Refused(SinkRecord record, DataException reason) {}
