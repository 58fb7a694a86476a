package io.towpath.demo.stack;

import io.towpath.local.Server;
import io.towpath.migration.Interrupted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One service of {@code docker-compose.yml}, handled by {@code docker compose} itself. */
class ComposeService implements Server {

    private final String name;

    ComposeService(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    /** Never: what a container says is kept by the engine. */
    @Override
    public Path log() {
        throw new UnsupportedOperationException("see: docker compose logs " + name);
    }

    @Override
    public long pid() {
        String container = compose("ps", "--quiet", name);
        return Long.parseLong(docker("inspect", "--format", "{{.State.Pid}}", container));
    }

    @Override
    public boolean alive() {
        return !compose("ps", "--quiet", "--status", "running", name).isEmpty();
    }

    @Override
    public void start() {
        compose("start", name);
    }

    @Override
    public void stop() {
        compose("stop", name);
    }

    @Override
    public void kill() {
        compose("kill", name);
    }

    @Override
    public void pause() {
        compose("pause", name);
    }

    @Override
    public void resume() {
        compose("unpause", name);
    }

    @Override
    public void awaitReady() {
        compose("up", "--detach", "--wait", "--no-deps", "--no-recreate", name);
    }

    private static String compose(String... arguments) {
        List<String> all = new ArrayList<>(List.of("compose"));
        all.addAll(List.of(arguments));
        return docker(all.toArray(String[]::new));
    }

    /** What it prints. @throws IllegalStateException with its words if it fails */
    private static String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Place.home().toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run docker", e);
        } catch (InterruptedException e) {
            throw new Interrupted(String.join(" ", command), e);
        }
    }
}
