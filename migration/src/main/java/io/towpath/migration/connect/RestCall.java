package io.towpath.migration.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.towpath.migration.Interrupted;
import io.towpath.migration.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * One HTTP call to a worker: sent, waited out while the group rebalances or the worker starts, its answer or its error
 * read.
 *
 * <p>Always: only Connect itself says that something is not there. A worker that starts answers 404 to everything.
 */
final class RestCall {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private static final Duration STARTING = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI worker;
    private final Duration patience;

    RestCall(URI worker, Duration patience) {
        this.worker = URI.create(worker.toString().replaceAll("/+$", ""));
        this.patience = patience;
    }

    URI worker() {
        return worker;
    }

    static String path(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonNode get(String path) {
        return checked("GET", path, send("GET", path, null));
    }

    /** As {@link #get}; empty on 404. */
    Optional<JsonNode> find(String path) {
        HttpResponse<String> response = send("GET", path, null);
        return absent(response) ? Optional.empty() : Optional.of(checked("GET", path, response));
    }

    JsonNode put(String path, JsonNode body) {
        return checked("PUT", path, send("PUT", path, body));
    }

    JsonNode post(String path, JsonNode body) {
        return checked("POST", path, send("POST", path, body));
    }

    JsonNode patch(String path, JsonNode body) {
        return checked("PATCH", path, send("PATCH", path, body));
    }

    /** Nothing to delete is as good as deleted. */
    void delete(String path) {
        HttpResponse<String> response = send("DELETE", path, null);
        if (!absent(response)) {
            checked("DELETE", path, response);
        }
    }

    private HttpResponse<String> send(String method, String path, JsonNode body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(worker + path))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .build();
        return Patience.of(patience.compareTo(STARTING) < 0 ? patience : STARTING)
                .until(() -> Optional.of(settled(request)).filter(answer -> !starting(answer)))
                .orElseGet(() -> settled(request));
    }

    private HttpResponse<String> settled(HttpRequest request) {
        return Patience.of(patience)
                .until(() -> Optional.of(once(request)).filter(answer -> !momentary(answer)))
                .orElseGet(() -> once(request));
    }

    private HttpResponse<String> once(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new RestFailure(
                    "no answer from the worker at " + worker + " ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        } catch (InterruptedException e) {
            throw new Interrupted("waiting for " + worker, e);
        }
    }

    /** 409 also means "already exists" and "not stopped": those are answers; a rebalance or a change under way is not. */
    private static boolean momentary(HttpResponse<String> response) {
        String body = response.body();
        return response.statusCode() == CONFLICT && (body.contains("momentarily") || body.contains("rebalance"));
    }

    private static boolean absent(HttpResponse<String> response) {
        return response.statusCode() == NOT_FOUND && response.body().contains("\"error_code\"");
    }

    private static boolean starting(HttpResponse<String> response) {
        return response.statusCode() == NOT_FOUND && !absent(response);
    }

    private static JsonNode checked(String method, String path, HttpResponse<String> response) {
        int status = response.statusCode();
        if (starting(response)) {
            throw new RestFailure(
                    status,
                    method + " " + path + " answered 404, and not in Connect's words; wanted: a Connect worker that has"
                            + " started");
        }
        if (status / 100 != 2) {
            throw new RestFailure(
                    status, method + " " + path + " answered " + status + ": " + message(response.body()));
        }
        if (response.body().isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return Json.read(response.body());
        } catch (JsonProcessingException e) {
            throw new RestFailure(method + " " + path + " answered with something that is not JSON", e);
        }
    }

    private static String message(String body) {
        try {
            return Json.read(body).path("message").asText("no message");
        } catch (JsonProcessingException e) {
            return "no JSON body"; // a proxy's page, say
        }
    }
}
