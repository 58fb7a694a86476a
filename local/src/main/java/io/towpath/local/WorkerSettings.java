package io.towpath.local;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What distinguishes one Connect worker from another.
 *
 * @param groupId the group of workers it belongs to; also the prefix of the group's three internal topics
 * @param pluginPath folders that hold one folder per plugin
 * @param overrides worker configuration, winning over everything else
 * @param heapMegabytes largest heap of the worker
 */
public record WorkerSettings(String groupId, List<Path> pluginPath, Map<String, String> overrides, int heapMegabytes) {

    public WorkerSettings {
        pluginPath = List.copyOf(pluginPath);
        overrides = Map.copyOf(overrides);
    }

    /** A worker of group {@code connect}. */
    public static WorkerSettings of(Path... pluginPath) {
        return new WorkerSettings("connect", List.of(pluginPath), Map.of(), 512);
    }

    public WorkerSettings withGroup(String group) {
        return new WorkerSettings(group, pluginPath, overrides, heapMegabytes);
    }

    public WorkerSettings with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(overrides);
        more.put(key, value);
        return new WorkerSettings(groupId, pluginPath, more, heapMegabytes);
    }

    public WorkerSettings withHeap(int megabytes) {
        return new WorkerSettings(groupId, pluginPath, overrides, megabytes);
    }
}
