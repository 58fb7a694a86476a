package io.towpath.migration.access;

import static org.apache.kafka.common.acl.AclOperation.ALTER;
import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.towpath.migration.access.Right.On;
import io.towpath.migration.config.Migration;
import io.towpath.mm2.FlowWorker;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * What a switch may do, there and back: {@code towpath cutover}, {@code rollback}, {@code finish} and {@code status}. The
 * flows that it starts write under the same name, so it has their rights in both directions.
 */
final class SwitchRights {

    private final Migration migration;
    private final WorkerNames worker;
    private final List<Right> rights = new ArrayList<>();

    private SwitchRights(Migration migration, WorkerNames worker) {
        this.migration = migration;
        this.worker = worker;
    }

    /** On both sides alike, but for where the flows keep their positions. */
    static List<Right> of(Migration migration, WorkerNames worker) {
        SwitchRights all = new SwitchRights(migration, worker);
        for (On side : List.of(On.SOURCE, On.TARGET)) {
            all.journal(side);
            all.freeze(side);
            migration.topics().names().forEach(topic -> all.topic(side, topic));
            migration
                    .groups()
                    .forEach(group -> all.add(Right.group(side, group, READ, "it sets the group's positions")));
        }
        FlowWorker place = migration.connect().worker();
        all.flow(On.TARGET, migration.flowName(), place.attachedToTarget());
        all.flow(On.SOURCE, migration.backFlowName(), !place.attachedToTarget());
        return List.copyOf(all.rights);
    }

    private void journal(On side) {
        String journal = MoveRights.journal(migration.name());
        add(Right.topic(side, journal, CREATE, "it makes the journal where there is none"));
        add(Right.topic(side, journal, DESCRIBE_CONFIGS, "a journal that is not compacted is refused"));
        add(Right.topic(side, journal, READ, "it reads where the migration stands"));
        add(Right.topic(side, journal, WRITE, "every step is written before it is taken"));
        add(Right.transaction(side, "towpath-" + migration.name(), WRITE, "a second run fences the first"));
    }

    private void freeze(On side) {
        add(Right.transaction(
                side, ResourcePattern.WILDCARD_RESOURCE, DESCRIBE, "it names transactions that are open"));
        switch (migration.switching().freezing().force()) {
            case EVIDENCE -> {
                // it only looks
            }
            case ACL -> {
                add(Right.cluster(side, DESCRIBE_CONFIGS, "freeze: acl: it asks who the super users are"));
                add(Right.cluster(side, ALTER, "freeze: acl: it denies the writers and lets them in again"));
            }
            case QUOTA ->
                add(Right.cluster(
                        side,
                        ALTER_CONFIGS,
                        "freeze: quota: it holds the writers and gives back the quotas that there were"));
        }
    }

    private void topic(On side, String topic) {
        add(Right.topic(side, topic, READ, "records are compared, writers looked at; a flow reads it"));
        add(Right.topic(side, topic, WRITE, "a flow writes it"));
        add(Right.topic(side, topic, DESCRIBE_CONFIGS, "topics must be alike on both sides"));
        add(Right.topic(
                side,
                topic,
                ALTER_CONFIGS,
                "with message.timestamp.type=LogAppendTime it keeps the records' timestamps"));
    }

    /** {@code there}: whether the flow's worker is attached to the cluster that the flow writes to. */
    private void flow(On writesTo, String flow, boolean there) {
        if (there) {
            rights.addAll(ConnectRights.exactlyOnceSource(writesTo, worker, flow));
            return;
        }
        String offsets = "towpath-" + flow + "-offsets";
        add(Right.transactions(writesTo, worker.tasksOf(flow), WRITE, "each task writes in transactions of its own"));
        add(Right.topic(writesTo, offsets, CREATE, "the flow keeps its positions where it writes"));
        add(Right.topic(writesTo, offsets, WRITE, "its position is written in the same transaction"));
        add(Right.topic(writesTo, offsets, READ, "it goes on from its position"));
    }

    private void add(Right right) {
        rights.add(right);
    }
}
