package io.towpath.migration.flow;

import java.time.Duration;
import org.apache.kafka.common.TopicPartition;

/** Why a flow must not go on by itself. MM2 sees none of this: it would leave out, or copy again, without a word. */
public sealed interface Danger {

    /** {@code offsets} that were not copied are deleted at the source. */
    record Passed(TopicPartition partition, long offsets) implements Danger {
        @Override
        public String toString() {
            return partition + ": the source has deleted " + offsets + " offsets that were not copied";
        }
    }

    /** After {@code left} the source may delete what is not copied by then. */
    record Soon(TopicPartition partition, Duration left) implements Danger {
        @Override
        public String toString() {
            return partition + ": the source may delete what is not copied in " + left.toSeconds()
                    + " s; raise its retention";
        }
    }

    /** More is copied than the source has ever held: its topic is another one than the one that was copied. */
    record Beyond(TopicPartition partition, long next, long end) implements Danger {
        @Override
        public String toString() {
            return partition + ": copied up to offset " + next + ", and the source ends at " + end
                    + ": the topic was recreated there";
        }
    }

    /** The flow remembers to have copied up to {@code next}, and the target has never held a record. */
    record Unknown(TopicPartition partition, long next) implements Danger {
        @Override
        public String toString() {
            return partition + ": copied up to offset " + next + ", and the target has never held a record: it was"
                    + " built anew; towpath connect offsets FLOW --reset makes the flow copy all of it again";
        }
    }

    /** The topic is another one than the one that was planned; nobody watched when it was recreated. */
    record Replaced(String topic) implements Danger {
        @Override
        public String toString() {
            return topic + ": recreated at the source since the plan was applied; towpath plan --accept-drift --apply"
                    + " takes it into the plan, towpath connect offsets FLOW --reset makes the flow copy all again";
        }
    }

    /** The topic is another one than it was, or gone. */
    record Recreated(String topic) implements Danger {
        @Override
        public String toString() {
            return topic + ": deleted or recreated at the source";
        }
    }
}
