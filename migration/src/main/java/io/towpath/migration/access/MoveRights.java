package io.towpath.migration.access;

import static org.apache.kafka.common.acl.AclOperation.ALTER;
import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.towpath.migration.access.Right.On;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.resource.ResourcePattern;

/** What the commands of a migration may do, on either side. */
public final class MoveRights {

    private static final String EVERY = ResourcePattern.WILDCARD_RESOURCE;

    private MoveRights() {}

    /** {@code towpath plan --apply}. */
    public static List<Right> plan(String migration, List<String> topics) {
        List<Right> rights = new ArrayList<>();
        for (On side : List.of(On.SOURCE, On.TARGET)) {
            rights.add(Right.topic(side, journal(migration), READ, "a migration that is cut over is not planned"));
        }
        rights.add(Right.cluster(On.SOURCE, DESCRIBE, "it compares ACLs and users"));
        rights.add(Right.cluster(On.SOURCE, DESCRIBE_CONFIGS, "it compares quotas"));
        rights.add(Right.group(On.SOURCE, EVERY, DESCRIBE, "it tells which groups read the topics"));
        rights.add(Right.transaction(On.SOURCE, EVERY, DESCRIBE, "it tells which transactions are open"));
        rights.add(Right.cluster(
                On.TARGET, ALTER, "it compares ACLs and users, and makes the ACLs that the target lacks"));
        rights.add(Right.cluster(On.TARGET, ALTER_CONFIGS, "it compares quotas, and sets those that the target lacks"));
        for (String topic : topics) {
            rights.add(Right.topic(On.SOURCE, topic, READ, "it tells who writes, and since when nobody does"));
            rights.add(Right.topic(On.SOURCE, topic, DESCRIBE_CONFIGS, "it compares the topic's configuration"));
            rights.add(Right.topic(On.TARGET, topic, CREATE, "it makes the topic"));
            rights.add(Right.topic(On.TARGET, topic, ALTER, "it adds partitions"));
            rights.add(Right.topic(On.TARGET, topic, ALTER_CONFIGS, "it compares and sets the topic's configuration"));
        }
        return List.copyOf(rights);
    }

    /** {@code towpath mirror}, and the flow that it starts, on a worker that is attached to the target. */
    public static List<Right> mirror(String migration, String flow, List<String> topics, WorkerNames worker) {
        List<Right> rights = new ArrayList<>();
        for (String topic : topics) {
            rights.add(Right.topic(On.SOURCE, topic, READ, "the flow reads it"));
            rights.add(Right.topic(On.SOURCE, topic, DESCRIBE_CONFIGS, "only a planned topic is mirrored"));
            rights.add(Right.topic(On.TARGET, topic, WRITE, "the flow writes it"));
            rights.add(Right.topic(On.TARGET, topic, DESCRIBE_CONFIGS, "only a planned topic is mirrored"));
        }
        rights.add(Right.cluster(On.SOURCE, DESCRIBE, "with retention.bytes it looks how large the logs are"));
        rights.add(Right.cluster(
                On.SOURCE,
                ALTER_CONFIGS,
                "with --throttle it looks which limits there are, and limits what the flow reads"));
        rights.addAll(ConnectRights.exactlyOnceSource(On.TARGET, worker, flow));
        for (On side : List.of(On.SOURCE, On.TARGET)) {
            rights.add(Right.topic(side, journal(migration), READ, "a migration that is cut over is not mirrored"));
        }
        return List.copyOf(rights);
    }

    /** {@code towpath verify}. */
    public static List<Right> verify(List<String> topics) {
        return topics.stream()
                .flatMap(topic -> Stream.of(On.SOURCE, On.TARGET)
                        .flatMap(side -> Stream.of(
                                Right.topic(side, topic, READ, "every record is read"),
                                Right.topic(side, topic, DESCRIBE_CONFIGS, "a compacted topic is compared by key"))))
                .toList();
    }

    static String journal(String migration) {
        return "towpath-" + migration + "-journal";
    }
}
