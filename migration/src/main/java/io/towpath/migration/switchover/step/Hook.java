package io.towpath.migration.switchover.step;

import io.towpath.migration.Interrupted;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.switchover.Refused;
import io.towpath.migration.switchover.Scene;
import io.towpath.migration.switchover.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A command of the team's own at a named moment. It is given both clusters' addresses, its output passes through, and it
 * may be run again: after a run that was cut off, the hook that had begun is begun anew.
 */
final class Hook implements Step {

    private final String moment;
    private final String command;
    private final Scene scene;

    private Hook(String moment, String command, Scene scene) {
        this.moment = moment;
        this.command = command;
        this.scene = scene;
    }

    static Optional<Step> at(String moment, Scene scene) {
        return Optional.ofNullable(scene.switching().hooks().commands().get(moment))
                .map(command -> new Hook(moment, command, scene));
    }

    /** Runs at the end of the way back: as the first step it is the last to be undone. */
    static Optional<Step> undone(Scene scene) {
        return at("after-undo", scene);
    }

    @Override
    public String name() {
        return "hook " + moment;
    }

    @Override
    public List<String> calls() {
        return moment.equals("after-undo") ? List.of() : List.of(line());
    }

    @Override
    public Map<String, Object> apply() {
        if (!moment.equals("after-undo")) {
            scene.acts().act(line(), this::execute);
        }
        return Map.of();
    }

    @Override
    public void undo() {
        if (moment.equals("after-undo")) {
            scene.acts().act(line(), this::execute);
        }
    }

    @Override
    public boolean reversible() {
        return !moment.equals("after-release");
    }

    private String line() {
        return "run: " + command;
    }

    private void execute() {
        Duration limit = scene.switching().hooks().limit();
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command).inheritIO();
        Map<String, String> environment = builder.environment();
        environment.put("TOWPATH_MIGRATION", scene.migration().name());
        environment.put("TOWPATH_MOMENT", moment);
        put(environment, "FROM", scene.fromCluster());
        put(environment, "TO", scene.toCluster());
        try {
            Process process = builder.start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new Refused(name() + " did not end within " + limit.toSeconds() + " s (switch.hooks.limit)");
            }
            if (process.exitValue() != 0) {
                throw new Refused(name() + " ended with " + process.exitValue() + ": " + command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(name() + " cannot be run", e);
        } catch (InterruptedException e) {
            throw new Interrupted("running " + name(), e);
        }
    }

    private static void put(Map<String, String> environment, String which, Cluster cluster) {
        environment.put("TOWPATH_" + which + "_ALIAS", cluster.alias());
        environment.put("TOWPATH_" + which + "_BOOTSTRAP_SERVERS", cluster.bootstrapServers());
    }
}
