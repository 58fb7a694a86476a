package io.towpath.migration.plan;

import java.util.Map;
import java.util.TreeMap;

/** One thing that must change on the target so that it can take the migrated topics. */
public sealed interface Change {

    String topic();

    /** For the operator: one line. */
    String describe();

    record Create(Topic wanted) implements Change {
        @Override
        public String topic() {
            return wanted.name();
        }

        @Override
        public String describe() {
            return "create " + wanted.name() + ": " + wanted.partitions() + " partitions, replication "
                    + wanted.replication() + (wanted.configs().isEmpty() ? "" : ", " + new TreeMap<>(wanted.configs()));
        }
    }

    record Grow(String topic, int from, int to) implements Change {
        @Override
        public String describe() {
            return "grow " + topic + ": from " + from + " to " + to + " partitions";
        }
    }

    /** {@code set}: keys to their values. */
    record Alter(String topic, Map<String, String> set) implements Change {
        public Alter {
            set = Map.copyOf(set);
        }

        @Override
        public String describe() {
            return "alter " + topic + ": " + new TreeMap<>(set);
        }
    }

    /** Nothing that {@code plan --apply} may decide: the operator must. */
    record Conflict(String topic, String reason) implements Change {
        @Override
        public String describe() {
            return "CONFLICT " + topic + ": " + reason;
        }
    }
}
