package io.towpath.mm2;

/**
 * The Connect worker that a flow runs on.
 *
 * @param attachedToTarget whether the worker's own bootstrap.servers are the cluster that the flow writes to
 * @param exactlyOnce whether it runs with exactly.once.source.support=enabled
 */
public record FlowWorker(boolean attachedToTarget, boolean exactlyOnce) {}
