package io.towpath.migration.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.migration.Patience;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * A small client of Kafka Connect's REST API (KIP-26, KIP-875, KIP-980). One instance talks to one worker; the worker
 * forwards to its leader. A rebalance (409) is waited out; everything else that is not 2xx is a {@link RestFailure} that
 * carries the message of the REST body.
 */
public final class ConnectRest {

    private final RestCall call;

    public ConnectRest(URI worker) {
        this(worker, Duration.ofSeconds(60));
    }

    /** {@code patience}: how long a rebalance is waited out, and how long one call may take. */
    public ConnectRest(URI worker, Duration patience) {
        this.call = new RestCall(worker, patience);
    }

    public URI worker() {
        return call.worker();
    }

    /** The connector plugins of this worker: class name to version. */
    public Map<String, String> plugins() {
        Map<String, String> plugins = new TreeMap<>();
        call.get("/connector-plugins")
                .forEach(p ->
                        plugins.put(p.get("class").asText(), p.path("version").asText("")));
        return plugins;
    }

    /** What is wrong with {@code config}, per key; empty when a connector may be created from it. */
    public List<ConfigProblem> validate(Map<String, String> config) {
        String type = config.get("connector.class");
        if (type == null) {
            return List.of(new ConfigProblem("connector.class", "nothing given; wanted: the connector's class"));
        }
        String plugin = type.substring(type.lastIndexOf('.') + 1);
        JsonNode answer = call.put("/connector-plugins/" + RestCall.path(plugin) + "/config/validate", Json.of(config));
        List<ConfigProblem> problems = new ArrayList<>();
        for (JsonNode entry : answer.path("configs")) {
            JsonNode value = entry.path("value");
            value.path("errors")
                    .forEach(e ->
                            problems.add(new ConfigProblem(value.path("name").asText(), e.asText())));
        }
        return problems;
    }

    public List<String> connectors() {
        List<String> names = new ArrayList<>();
        call.get("/connectors").forEach(name -> names.add(name.asText()));
        return names;
    }

    /** The configuration of connector {@code name}; empty when there is none. */
    public Optional<Map<String, String>> config(String name) {
        return call.find(connector(name) + "/config").map(Json::strings);
    }

    /** Creates the connector or replaces its configuration; an existing one keeps its state. */
    public void put(String name, Map<String, String> config) {
        call.put(connector(name) + "/config", Json.of(config));
    }

    /** Creates a connector in the given state; fails with 409 when it exists. */
    public void create(String name, Map<String, String> config, InitialState state) {
        ObjectNode body = Json.object();
        body.put("name", name);
        body.set("config", Json.of(config));
        body.put("initial_state", state.name());
        call.post("/connectors", body);
    }

    /**
     * Replaces the configuration of a connector that is to run, and starts it with that. It is stopped in between: a
     * RUNNING (or FAILED) seen afterwards is then of the new configuration, which Connect's status does not tell. Resumed
     * in any case, also when the worker refuses the configuration.
     */
    public void replace(String name, Map<String, String> config, Duration limit) {
        stop(name);
        try {
            put(name, config);
            awaitStopped(name, limit);
        } finally {
            resume(name);
        }
    }

    public Optional<ConnectorStatus> status(String name) {
        return call.find(connector(name) + "/status").map(ConnectorStatus::of);
    }

    public void stop(String name) {
        call.put(connector(name) + "/stop", null);
    }

    public void pause(String name) {
        call.put(connector(name) + "/pause", null);
    }

    public void resume(String name) {
        call.put(connector(name) + "/resume", null);
    }

    /** Restarts the connector and those of its tasks that failed. */
    public void restartFailed(String name) {
        call.post(connector(name) + "/restart?includeTasks=true&onlyFailed=true", null);
    }

    /** Removes the connector; nothing happens when there is none. Its offsets stay. */
    public void delete(String name) {
        call.delete(connector(name));
    }

    /** The offsets that the connector has stored, empty ones left out. */
    public List<SourceOffset> offsets(String name) {
        return SourceOffset.list(call.get(connector(name) + "/offsets"));
    }

    /** Which source partitions each task of a MirrorMaker 2 connector reads, by task number. */
    public Map<Integer, List<TopicPartition>> assignments(String name) {
        Map<Integer, List<TopicPartition>> tasks = new TreeMap<>();
        for (JsonNode task : call.get(connector(name) + "/tasks")) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String one : task.path("config")
                    .path("task.assigned.partitions")
                    .asText("")
                    .split(",", -1)) {
                int dash = one.lastIndexOf('-');
                if (dash > 0) {
                    partitions.add(
                            new TopicPartition(one.substring(0, dash), Integer.parseInt(one.substring(dash + 1))));
                }
            }
            tasks.put(task.path("id").path("task").asInt(), partitions);
        }
        return tasks;
    }

    /** Sets offsets of a STOPPED connector; those not named stay. */
    public void alterOffsets(String name, List<SourceOffset> offsets) {
        call.patch(connector(name) + "/offsets", SourceOffset.write(offsets));
    }

    /** Forgets all offsets of a STOPPED connector. */
    public void resetOffsets(String name) {
        call.delete(connector(name) + "/offsets");
    }

    /**
     * Waits until the connector and all its tasks run.
     *
     * @return a status that runs, never another
     * @throws RestFailure when something of it has failed (with its trace's first line), when it does not run in time, or
     *     when there is no such connector in time
     */
    public ConnectorStatus awaitRunning(String name, Duration limit) {
        Optional<ConnectorStatus> reached = Patience.of(limit)
                .until(() -> status(name).filter(s -> allRun(s) || s.failure().isPresent()));
        ConnectorStatus last = reached.or(() -> status(name))
                .orElseThrow(() -> new RestFailure(404, "connector " + name + " did not appear within " + limit));
        last.failure().ifPresent(failure -> {
            throw new RestFailure(
                    500,
                    "connector " + name + " failed: " + failure
                            + "; the worker's log says more; then: towpath connect restart " + name);
        });
        if (!last.running()) {
            throw new RestFailure(
                    500, "connector " + name + " does not run after " + limit.toSeconds() + " s: " + last.advice());
        }
        return last;
    }

    /** Waits until the connector is STOPPED and has no task left. */
    public void awaitStopped(String name, Duration limit) {
        Optional<ConnectorStatus> stopped =
                Patience.of(limit).until(() -> status(name).filter(ConnectorStatus::stopped));
        if (stopped.isEmpty()) {
            throw new RestFailure(500, "connector " + name + " did not stop within " + limit);
        }
    }

    /** The status knows a task only after its first word: how many there are is asked elsewhere. */
    private boolean allRun(ConnectorStatus status) {
        return status.running()
                && call.find(connector(status.name()))
                        .filter(known ->
                                known.path("tasks").size() > status.tasks().size())
                        .isEmpty();
    }

    private static String connector(String name) {
        return "/connectors/" + RestCall.path(name);
    }
}
