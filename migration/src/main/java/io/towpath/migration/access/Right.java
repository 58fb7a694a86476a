package io.towpath.migration.access;

import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One thing that a role may do. READ, WRITE and ALTER bring DESCRIBE with them, and ALTER_CONFIGS DESCRIBE_CONFIGS
 * (StandardAuthorizer), so those stand only where they are all that is needed.
 *
 * @param on the cluster that it is needed on
 * @param why what does not work without it
 */
public record Right(On on, ResourcePattern resource, AclOperation operation, String why) {

    /** Which cluster: a connector's or reader's own, or a side of a migration. */
    public enum On {
        CLUSTER,
        SOURCE,
        TARGET
    }

    static Right topic(On on, String name, AclOperation operation, String why) {
        return literal(on, ResourceType.TOPIC, name, operation, why);
    }

    static Right group(On on, String name, AclOperation operation, String why) {
        return literal(on, ResourceType.GROUP, name, operation, why);
    }

    static Right cluster(On on, AclOperation operation, String why) {
        return literal(on, ResourceType.CLUSTER, Resource.CLUSTER_NAME, operation, why);
    }

    static Right transaction(On on, String name, AclOperation operation, String why) {
        return literal(on, ResourceType.TRANSACTIONAL_ID, name, operation, why);
    }

    static Right transactions(On on, String prefix, AclOperation operation, String why) {
        return new Right(
                on, new ResourcePattern(ResourceType.TRANSACTIONAL_ID, prefix, PatternType.PREFIXED), operation, why);
    }

    private static Right literal(On on, ResourceType type, String name, AclOperation operation, String why) {
        return new Right(on, new ResourcePattern(type, name, PatternType.LITERAL), operation, why);
    }

    /** As Kafka takes it: this principal, {@code User:name}, from every host. */
    public AclBinding binding(String principal) {
        return new AclBinding(resource, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }

    /** The option of {@code kafka-acls.sh} that names the resource. */
    String option() {
        String name = "'" + resource.name() + "'";
        String option = switch (resource.resourceType()) {
            case CLUSTER -> "--cluster";
            case TRANSACTIONAL_ID -> "--transactional-id " + name;
            default -> "--" + word(resource.resourceType()) + " " + name;
        };
        return resource.patternType() == PatternType.PREFIXED ? option + " --resource-pattern-type prefixed" : option;
    }

    /** {@code source: WRITE on topic orders}. */
    @Override
    public String toString() {
        return word(on) + ": " + operation + " on " + word(resource.resourceType()) + " " + resource.name()
                + (resource.patternType() == PatternType.PREFIXED ? "…" : "");
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
