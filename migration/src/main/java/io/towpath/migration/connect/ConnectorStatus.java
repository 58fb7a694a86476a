package io.towpath.migration.connect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a worker says about a connector: its own state and that of each task. */
public record ConnectorStatus(String name, State connector, List<State> tasks) {

    private static final String CAUSE = "Caused by: ";

    /** What Connect itself says of any failure: the reason stands below. */
    private static final List<String> WRAPPERS = List.of(
            "Exiting WorkerSinkTask due to unrecoverable exception",
            "Failed to flush offsets and/or records for task",
            "Unrecoverable exception from producer send callback",
            "Tolerance exceeded in error handler");

    /** One instance: RUNNING, PAUSED, STOPPED, FAILED, UNASSIGNED or RESTARTING; with the worker, and a trace if FAILED. */
    public record State(String state, String worker, String trace) {

        boolean is(String wanted) {
            return state.equals(wanted);
        }

        /** A cause below the first that says something may hold a driver's words, and with them a row's values. */
        private String reason() {
            List<String> chain = Stream.concat(
                            trace.lines().limit(1),
                            trace.lines()
                                    .filter(line -> line.startsWith(CAUSE))
                                    .map(line -> line.substring(CAUSE.length())))
                    .toList();
            return chain.stream()
                    .filter(line -> WRAPPERS.stream().noneMatch(line::contains))
                    .findFirst()
                    .or(() -> chain.stream().findFirst())
                    .orElse("no trace");
        }
    }

    public ConnectorStatus {
        tasks = List.copyOf(tasks);
    }

    static ConnectorStatus of(JsonNode json) {
        List<State> tasks = new ArrayList<>();
        json.path("tasks").forEach(task -> tasks.add(state(task)));
        return new ConnectorStatus(json.path("name").asText(), state(json.path("connector")), tasks);
    }

    private static State state(JsonNode json) {
        return new State(
                json.path("state").asText(),
                json.path("worker_id").asText(),
                json.path("trace").asText(""));
    }

    /** The connector runs, it has at least one task, and all of them run. */
    public boolean running() {
        return connector.is("RUNNING") && !tasks.isEmpty() && tasks.stream().allMatch(t -> t.is("RUNNING"));
    }

    public boolean stopped() {
        return connector.is("STOPPED") && tasks.isEmpty();
    }

    /** Whether somebody has stopped or paused it: it will not run until it is resumed. */
    public boolean rests() {
        return connector.is("STOPPED") || connector.is("PAUSED");
    }

    /** The state, and what to do when it should run and does not. */
    String advice() {
        if (rests()) {
            return summary() + "; somebody holds it there: resume it (PUT /connectors/" + name + "/resume)";
        }
        return summary()
                + (connector.is("RUNNING") && tasks.isEmpty()
                        ? "; it gives its tasks nothing to do, or is slow to: look at the worker's log"
                        : "; look at the worker's log, or wait longer with --timeout");
    }

    /** Why the first failed one failed: the first line of its trace that is not Connect's word for any failure. */
    public Optional<String> failure() {
        return Stream.concat(Stream.of(connector), tasks.stream())
                .filter(s -> s.is("FAILED"))
                .map(State::reason)
                .findFirst();
    }

    /** One line: {@code RUNNING, 2 of 2 tasks running}. */
    public String summary() {
        long running = tasks.stream().filter(t -> t.is("RUNNING")).count();
        return connector.state() + ", " + running + " of " + tasks.size() + " tasks running"
                + failure().map(f -> "; failed: " + f).orElse("");
    }
}
