package io.towpath.migration.switchover;

import io.towpath.migration.connect.ConfigProblem;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.ConnectorStatus;
import io.towpath.migration.connect.InitialState;
import io.towpath.migration.connect.SourceOffset;
import io.towpath.mm2.IdentityFlow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** What a switch does to flows; every call that changes one goes through {@link Acts}. */
public record FlowHand(ConnectRest rest, Acts acts, Duration limit) {

    static String path(String flow) {
        return "/connectors/" + flow;
    }

    /** What {@link #stop} calls. */
    public static String stopping(String flow) {
        return "PUT " + path(flow) + "/stop";
    }

    public static String resuming(String flow) {
        return "PUT " + path(flow) + "/resume";
    }

    public static String pausing(String flow) {
        return "PUT " + path(flow) + "/pause";
    }

    public static String creating(String flow) {
        return "POST /connectors " + flow + ", initial_state STOPPED";
    }

    public static String configuring(String flow) {
        return "PUT " + path(flow) + "/config";
    }

    public static String patching(String flow, String what) {
        return "PATCH " + path(flow) + "/offsets: " + what;
    }

    public Optional<ConnectorStatus> status(String flow) {
        return rest.status(flow);
    }

    public List<ConfigProblem> problems(IdentityFlow flow) {
        return rest.validate(flow.render());
    }

    public boolean exists(String flow) {
        return rest.config(flow).isPresent();
    }

    public boolean configured(IdentityFlow flow) {
        return rest.config(flow.name()).filter(flow.render()::equals).isPresent();
    }

    /** Returns when it is stopped; nothing happens when there is no such flow. */
    public void stop(String flow) {
        if (exists(flow)) {
            acts.act(stopping(flow), () -> rest.stop(flow));
            rest.awaitStopped(flow, limit);
        }
    }

    /** For one that is stopped already, as it should be: told only when it is not. */
    public void stopIfItRuns(String flow) {
        if (status(flow).filter(ConnectorStatus::stopped).isEmpty()) {
            stop(flow);
        }
    }

    public void resume(String flow) {
        acts.act(resuming(flow), () -> rest.resume(flow));
        rest.awaitRunning(flow, limit);
    }

    /** There is the flow, with this configuration, and it is stopped. */
    public void prepare(IdentityFlow flow) {
        if (!exists(flow.name())) {
            acts.act(creating(flow.name()), () -> rest.create(flow.name(), flow.render(), InitialState.STOPPED));
        } else {
            stop(flow.name());
            if (!configured(flow)) {
                acts.act(configuring(flow.name()), () -> rest.put(flow.name(), flow.render()));
            }
        }
        rest.awaitStopped(flow.name(), limit);
    }

    /** Sets the last copied offset of every partition that has a record below its fence. */
    public void patch(IdentityFlow flow, Map<TopicPartition, Long> fence) {
        List<SourceOffset> offsets = new ArrayList<>();
        fence.forEach((tp, end) -> {
            if (end > 0) {
                offsets.add(new SourceOffset(
                        Map.of("cluster", flow.source().alias(), "topic", tp.topic(), "partition", tp.partition()),
                        Map.of("offset", end - 1)));
            }
        });
        if (!offsets.isEmpty()) {
            acts.act(
                    patching(flow.name(), offsets.size() + " partitions, each its fence - 1"),
                    () -> rest.alterOffsets(flow.name(), offsets));
        }
    }

    /** Last copied offsets as the worker has them. */
    public Map<TopicPartition, Long> copied(String flow) {
        Map<TopicPartition, Long> copied = new HashMap<>();
        for (SourceOffset offset : rest.offsets(flow)) {
            copied.put(
                    new TopicPartition(
                            offset.partition().get("topic").toString(),
                            ((Number) offset.partition().get("partition")).intValue()),
                    ((Number) offset.offset().get("offset")).longValue());
        }
        return copied;
    }
}
