package io.towpath.migration.groups;

import org.apache.kafka.common.TopicPartition;

/** Where one group goes on in one partition, or why that cannot be said. */
public sealed interface Translated {

    String group();

    /** {@code source} on the source is {@code target} on the target; {@code again}: records that will come again. */
    record Exact(
            String group,
            Group.Kind kind,
            TopicPartition partition,
            long source,
            long target,
            String metadata,
            long again)
            implements Translated {

        @Override
        public String toString() {
            return group + " " + partition + ": " + source + " is " + target
                    + (again == 0 ? "" : ", " + again + " records come again");
        }
    }

    /** {@code partition} is null when the whole group is refused. */
    record Refused(String group, TopicPartition partition, String reason) implements Translated {
        @Override
        public String toString() {
            return "REFUSED " + group + (partition == null ? "" : " " + partition) + ": " + reason;
        }
    }

    /** What the operator must know; {@code partition} is null when it is about the whole group. */
    record Note(String group, TopicPartition partition, String words) implements Translated {
        @Override
        public String toString() {
            return group + (partition == null ? "" : " " + partition) + ": " + words;
        }
    }
}
