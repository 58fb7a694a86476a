package io.towpath.migration.plan;

import java.util.Collection;
import java.util.Locale;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/** ACLs in words, and what they are about. */
final class Acls {

    private static final String EVERY_HOST = "*";

    private Acls() {}

    /** {@code topic orders}, {@code prefixed group shop-}. */
    static String resource(AclBinding acl) {
        ResourcePattern pattern = acl.pattern();
        String kind = words(pattern.resourceType());
        return (pattern.patternType() == PatternType.PREFIXED ? "prefixed " : "") + kind + " " + pattern.name();
    }

    static String describe(AclBinding acl) {
        String host = acl.entry().host().equals(EVERY_HOST)
                ? ""
                : " from " + acl.entry().host();
        return words(acl.entry().permissionType()) + " " + acl.entry().principal() + " "
                + words(acl.entry().operation()) + " on " + resource(acl) + host;
    }

    /** Whether the pattern holds for one of the names. */
    static boolean holds(ResourcePattern pattern, Collection<String> names) {
        String name = pattern.name();
        return switch (pattern.patternType()) {
            case LITERAL -> name.equals(ResourcePattern.WILDCARD_RESOURCE) ? !names.isEmpty() : names.contains(name);
            case PREFIXED -> names.stream().anyMatch(one -> one.startsWith(name));
            default -> false;
        };
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
