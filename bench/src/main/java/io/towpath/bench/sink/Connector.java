package io.towpath.bench.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** A sink connector on a real worker. */
final class Connector {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final KafkaCluster cluster;
    private final ConnectWorker worker;
    private final Target target;
    private final int tasks;
    private int runs;

    Connector(KafkaCluster cluster, ConnectWorker worker, Target target, int tasks) {
        this.cluster = cluster;
        this.worker = worker;
        this.target = target;
        this.tasks = tasks;
    }

    /**
     * From the first row in the table to the last; the processor time is that of the connector's whole life.
     *
     * @param table is to be written, and made here
     * @param own configuration, winning over what all contenders get
     */
    Figure run(String name, ItemEvents events, String table, boolean upsert, Map<String, String> own) throws Exception {
        try (Watch watch = new Watch(target, events, table, upsert)) {
            return measured(name, events, own, connector -> watch.firstToLast(() -> refuseFailed(connector)));
        }
    }

    /** One that writes nothing: from the moment that its tasks run until its group has committed the whole topic. */
    Figure runWithoutTable(String name, ItemEvents events, Map<String, String> own) throws Exception {
        return measured(name, events, own, connector -> {
            awaitRunning(connector);
            long start = System.nanoTime();
            awaitCommitted(connector, events.records());
            return Duration.ofNanos(System.nanoTime() - start);
        });
    }

    private interface Stopwatch {
        Duration time(String connector) throws Exception;
    }

    private Figure measured(String name, ItemEvents events, Map<String, String> own, Stopwatch stopwatch)
            throws Exception {
        Map<String, String> config = new HashMap<>(events.format().config());
        config.put("topics", events.topic());
        config.put("tasks.max", Integer.toString(tasks));
        config.put("consumer.override.max.poll.records", "5000");
        config.put("consumer.override.fetch.min.bytes", "262144");
        config.put("consumer.override.fetch.max.wait.ms", "50"); // the end of the topic is waited for no longer
        config.put("consumer.override.max.partition.fetch.bytes", "4194304");
        config.putAll(own);
        // Its consumer group is named after it, and must not have read the topic before.
        String connector = worker.name() + "_" + events.topic() + "_" + ++runs;
        Meter meter = new Meter(worker.pid(), target);
        call("PUT", "/connectors/" + connector + "/config", config);
        try {
            return meter.figure(name, events.records(), stopwatch.time(connector));
        } finally {
            call("DELETE", "/connectors/" + connector, null);
            awaitGone(connector);
        }
    }

    /** So that what it still does is not counted as the next one's. */
    private void awaitGone(String connector) throws IOException, InterruptedException {
        await(() -> call("GET", "/connectors/" + connector + "/status", null).isEmpty());
    }

    /** Where the target is, in the words that both JDBC sinks share. */
    static Map<String, String> jdbc(Target target, String table, String urlParameters) {
        return Map.of(
                "connection.url",
                target.server().jdbcUrl(target.database()) + urlParameters,
                "connection.username",
                target.server().user(),
                "connection.password",
                target.server().password(),
                "collection.name.format",
                table);
    }

    private void awaitRunning(String connector) throws IOException, InterruptedException {
        await(() -> {
            JsonNode status = refuseFailed(connector);
            return status.path("tasks").size() == tasks
                    && status.findValuesAsText("state").stream().allMatch("RUNNING"::equals);
        });
    }

    private void awaitCommitted(String connector, long records) throws IOException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            await(() -> {
                long committed = admin
                        .listConsumerGroupOffsets("connect-" + connector)
                        .partitionsToOffsetAndMetadata()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .orTimeout(60, TimeUnit.SECONDS)
                        .join()
                        .values()
                        .stream()
                        .mapToLong(OffsetAndMetadata::offset)
                        .sum();
                refuseFailed(connector);
                return committed >= records;
            });
        }
    }

    private JsonNode refuseFailed(String connector) throws IOException, InterruptedException {
        JsonNode status = call("GET", "/connectors/" + connector + "/status", null);
        for (JsonNode task : status.path("tasks")) {
            if (task.path("state").asText().equals("FAILED")) {
                List<String> causes = task.path("trace")
                        .asText()
                        .lines()
                        .filter(line -> line.startsWith("Caused by"))
                        .toList();
                throw new IllegalStateException(causes.isEmpty() ? "failed" : causes.get(causes.size() - 1));
            }
        }
        return status;
    }

    private interface Condition {
        boolean met() throws IOException, InterruptedException;
    }

    private static void await(Condition condition) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!condition.met()) {
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                throw new IllegalStateException("not within " + LONGEST);
            }
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
        }
    }

    private JsonNode call(String method, String path, Object body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(worker.url().resolve(path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 400 && response.statusCode() != 409 && response.statusCode() != 404) {
            throw new IOException(method + " " + path + ": " + response.body());
        }
        return response.body().isEmpty() || response.statusCode() == 404
                ? JSON.createObjectNode()
                : JSON.readTree(response.body());
    }
}
