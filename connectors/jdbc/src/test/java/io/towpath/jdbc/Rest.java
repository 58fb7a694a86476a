package io.towpath.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A worker's REST interface, as an operator would use it. */
record Rest(URI worker) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    JsonNode get(String path) {
        return call("GET", path, null);
    }

    /** Repeated while the workers rebalance (409) or cannot be reached. */
    JsonNode call(String method, String path, Object body) {
        return Awaitility.await(method + " " + path)
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> once(method, path, body), response -> response.statusCode() != 409)
                .json();
    }

    private Answer once(String method, String path, Object body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(worker.resolve(path))
                    .header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(60))
                    .method(
                            method,
                            body == null
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    void awaitTasks(String connector, int tasks, String state) {
        Awaitility.await(connector + " has " + tasks + " tasks " + state)
                .atMost(Duration.ofSeconds(90))
                .until(() -> {
                    JsonNode status = get("/connectors/" + connector + "/status");
                    long there = status.path("tasks").findValuesAsText("state").stream()
                            .filter(state::equals)
                            .count();
                    return there == tasks && status.path("tasks").size() == tasks;
                });
    }

    /** Stops the connector and waits until no task is left. */
    void stop(String connector) {
        call("PUT", "/connectors/" + connector + "/stop", null);
        Awaitility.await(connector + " is stopped")
                .atMost(Duration.ofSeconds(90))
                .until(() -> {
                    JsonNode status = get("/connectors/" + connector + "/status");
                    return status.at("/connector/state").asText().equals("STOPPED")
                            && status.path("tasks").isEmpty();
                });
    }

    private record Answer(int statusCode, String body) {
        JsonNode json() {
            try {
                return body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
