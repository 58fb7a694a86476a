package io.towpath.migration.config;

import io.towpath.mm2.FlowWorker;
import io.towpath.mm2.IdentityFlow;
import io.towpath.mm2.Sizing;
import java.net.URI;
import java.util.List;

/**
 * What {@code migration.yaml} says, checked.
 *
 * @param name names the flow, its offsets, the report
 * @param topics names, or patterns between slashes
 * @param groups names of the consumer groups that move
 * @param switching how it is cut over and back
 */
public record Migration(
        String name,
        Cluster source,
        Cluster target,
        Connect connect,
        Sizing sizing,
        TopicSelection topics,
        List<String> groups,
        Switching switching) {

    /** Where the flow runs. {@code url} is null when the file names no worker: then only reading commands work. */
    public record Connect(URI url, FlowWorker worker) {}

    public Migration {
        groups = List.copyOf(groups);
    }

    /** The flow that brings home what is written on the target after a cutover, over exactly {@code topics}. */
    public IdentityFlow backFlow(List<String> resolved) {
        FlowWorker worker = new FlowWorker(
                !connect.worker().attachedToTarget(), connect.worker().exactlyOnce());
        return new IdentityFlow(backFlowName(), target.end(), source.end(), resolved, sizing, worker);
    }

    public String backFlowName() {
        return name + "-back";
    }

    /** The flow from source to target over exactly {@code topics}. */
    public IdentityFlow flow(List<String> resolved) {
        return new IdentityFlow(flowName(), source.end(), target.end(), resolved, sizing, connect.worker());
    }

    /** The same over other topics. */
    public Migration over(TopicSelection other) {
        return new Migration(name, source, target, connect, sizing, other, groups, switching);
    }

    public String flowName() {
        return name + "-forward";
    }
}
