package io.towpath.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What distinguishes one Connect worker from another.
 *
 * @param groupId the group of workers it belongs to; also the prefix of the group's three internal topics
 * @param pluginPath folders that hold one folder per plugin
 * @param classPath jars on the worker's own class path, the old way to install a plugin
 * @param overrides worker configuration, winning over everything else
 * @param heapMegabytes largest heap of the worker
 * @param user who the worker is on a secured cluster, and its connectors unless their configuration says otherwise
 * @param before41 whether it is a worker of Kafka 3.9, which lacks what KIP-877 added; needs {@code local/kafka-3.9} verified
 */
public record WorkerSettings(
        String groupId,
        List<Path> pluginPath,
        List<Path> classPath,
        Map<String, String> overrides,
        int heapMegabytes,
        String user,
        boolean before41) {

    public WorkerSettings {
        pluginPath = List.copyOf(pluginPath);
        classPath = List.copyOf(classPath);
        overrides = Map.copyOf(overrides);
    }

    /** A worker of group {@code connect}. */
    public static WorkerSettings of(Path... pluginPath) {
        return new WorkerSettings("connect", List.of(pluginPath), List.of(), Map.of(), 512, "worker", false);
    }

    public WorkerSettings withGroup(String group) {
        return new WorkerSettings(group, pluginPath, classPath, overrides, heapMegabytes, user, before41);
    }

    /** One more jar on the class path. */
    public WorkerSettings withJar(Path jar) {
        List<Path> more = new ArrayList<>(classPath);
        more.add(jar);
        return new WorkerSettings(groupId, pluginPath, more, overrides, heapMegabytes, user, before41);
    }

    public WorkerSettings with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(overrides);
        more.put(key, value);
        return new WorkerSettings(groupId, pluginPath, classPath, more, heapMegabytes, user, before41);
    }

    public WorkerSettings withHeap(int megabytes) {
        return new WorkerSettings(groupId, pluginPath, classPath, overrides, megabytes, user, before41);
    }

    /** As this user of a secured cluster. */
    public WorkerSettings withUser(String name) {
        return new WorkerSettings(groupId, pluginPath, classPath, overrides, heapMegabytes, name, before41);
    }

    /** Of Kafka 3.9. */
    public WorkerSettings ofKafka39() {
        return new WorkerSettings(groupId, pluginPath, classPath, overrides, heapMegabytes, user, true);
    }
}
