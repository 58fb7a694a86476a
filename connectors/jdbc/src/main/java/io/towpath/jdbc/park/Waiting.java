package io.towpath.jdbc.park;

import org.apache.kafka.common.TopicPartition;

/**
 * A record that waits in the dead-letter queue, by its original coordinates.
 *
 * @param key of the record, as {@link ParkedKey} names it
 */
record Waiting(TopicPartition partition, long offset, String key) {}
