package io.towpath.migration.plan;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.quota.ClientQuotaEntity;

/** One thing that must change on the target so that it can take what is migrated. */
public sealed interface Change {

    /** What it is about: a topic, the resource of an ACL, the client of a quota, a group. */
    String subject();

    /** For the operator: one line. */
    String describe();

    record Create(Topic wanted) implements Change {
        @Override
        public String subject() {
            return wanted.name();
        }

        @Override
        public String describe() {
            return "create " + wanted.name() + ": " + wanted.partitions() + " partitions, replication "
                    + wanted.replication() + (wanted.configs().isEmpty() ? "" : ", " + new TreeMap<>(wanted.configs()));
        }
    }

    record Grow(String subject, int from, int to) implements Change {
        @Override
        public String describe() {
            return "grow " + subject + ": from " + from + " to " + to + " partitions";
        }
    }

    /** {@code set}: keys to their values. */
    record Alter(String subject, Map<String, String> set) implements Change {
        public Alter {
            set = Map.copyOf(set);
        }

        @Override
        public String describe() {
            return "alter " + subject + ": " + new TreeMap<>(set);
        }
    }

    record Grant(AclBinding acl) implements Change {
        @Override
        public String subject() {
            return Acls.resource(acl);
        }

        /** Whether it takes a right away. */
        boolean denies() {
            return acl.entry().permissionType() == AclPermissionType.DENY;
        }

        @Override
        public String describe() {
            return Acls.describe(acl);
        }
    }

    /** {@code set}: quotas of one entity, such as {@code producer_byte_rate}. */
    record Quota(ClientQuotaEntity entity, Map<String, Double> set) implements Change {
        public Quota {
            set = Map.copyOf(set);
        }

        @Override
        public String subject() {
            return Quotas.describe(entity);
        }

        @Override
        public String describe() {
            return "quota of " + subject() + ": " + new TreeMap<>(set);
        }
    }

    /** Nothing that {@code plan --apply} may decide: the operator must. */
    record Conflict(String subject, String reason) implements Change {
        @Override
        public String describe() {
            return "CONFLICT " + subject + ": " + reason;
        }
    }

    /** Appeared at the source after the plan was resolved: told, and never made by itself. */
    record Drift(String subject, String reason) implements Change {
        @Override
        public String describe() {
            return "DRIFT " + subject + ": " + reason;
        }
    }
}
