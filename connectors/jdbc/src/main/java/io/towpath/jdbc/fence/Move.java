package io.towpath.jdbc.fence;

import org.apache.kafka.common.TopicPartition;

/** A partition's step: if the table still holds {@code epoch} and {@code from}, it shall hold {@code to}. */
public record Move(TopicPartition partition, long epoch, long from, long to) {}
