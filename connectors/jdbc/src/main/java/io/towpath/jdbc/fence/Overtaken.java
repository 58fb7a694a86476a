package io.towpath.jdbc.fence;

import java.util.Collection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;

/** Partitions have a new owner. Nothing was written since; what else was to be written waits. */
public final class Overtaken extends ConnectException {
    private static final long serialVersionUID = 1L;

    Overtaken(Collection<TopicPartition> partitions) {
        super("partitions " + partitions + " have been taken over by another task; this one has written nothing since");
    }
}
