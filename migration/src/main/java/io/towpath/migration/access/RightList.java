package io.towpath.migration.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;

/**
 * The rights of one principal, to be read or typed.
 *
 * @param principal {@code User:name}
 */
public record RightList(String principal, List<Right> rights) {

    public RightList {
        rights = List.copyOf(rights);
    }

    /** A heading, and one line for each right. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        String form = "%-8s %-17s %-38s %-17s %s";
        lines.add(String.format(Locale.ROOT, form, "cluster", "resource", "name", "operation", "why"));
        for (Right right : rights) {
            lines.add(String.format(
                    Locale.ROOT, form, on(right), kind(right), name(right), right.operation(), right.why()));
        }
        return lines;
    }

    /** One {@code kafka-acls.sh} command for each right; CLUSTER, SOURCE or TARGET stands for the address. */
    public List<String> commands() {
        return rights.stream()
                .map(right -> "kafka-acls.sh --bootstrap-server $" + right.on()
                        + " --command-config admin.properties --add" + " --allow-principal " + principal
                        + " --operation " + typed(right.operation()) + " " + right.option())
                .toList();
    }

    /** A list of objects: cluster, principal, resource, pattern, name, operation, why. */
    public List<Map<String, String>> json() {
        return rights.stream()
                .map(right -> {
                    Map<String, String> object = new LinkedHashMap<>();
                    object.put("cluster", on(right));
                    object.put("principal", principal);
                    object.put("resource", right.resource().resourceType().name());
                    object.put("pattern", right.resource().patternType().name());
                    object.put("name", right.resource().name());
                    object.put("operation", right.operation().name());
                    object.put("why", right.why());
                    return object;
                })
                .toList();
    }

    /** {@code DescribeConfigs}: kafka-acls.sh knows no other spelling. */
    private static String typed(AclOperation operation) {
        return Stream.of(operation.name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    private static String on(Right right) {
        return right.on().name().toLowerCase(Locale.ROOT);
    }

    private static String kind(Right right) {
        return right.resource().resourceType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String name(Right right) {
        return switch (right.resource().patternType()) {
            case PREFIXED -> right.resource().name() + "… (prefixed)";
            default -> right.resource().name();
        };
    }
}
