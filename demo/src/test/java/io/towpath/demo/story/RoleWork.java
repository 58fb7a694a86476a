package io.towpath.demo.story;

import io.towpath.demo.stack.TwoClusters;
import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.StartFailure;
import io.towpath.migration.Patience;
import io.towpath.migration.access.Right;
import io.towpath.migration.access.Role;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.ConnectorStatus;
import io.towpath.migration.connect.RestFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What each role is for, done once more on the story's stack, from its start: a new session of every client. */
final class RoleWork {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration LOOK_EVERY = Duration.ofMillis(300);

    private final TwoClusters servers;
    private final Path directory;
    private final MoveWork moves;
    private long said = 900_000_000_000L;

    RoleWork(TwoClusters servers, Path directory) {
        this.servers = servers;
        this.directory = directory;
        this.moves = new MoveWork(servers, directory);
    }

    /** The rights of a role that works on something of its own; empty for the others. */
    List<Right> ownRights(Role role) {
        return hasItsOwn(role) ? moves.rights(role) : List.of();
    }

    static boolean hasItsOwn(Role role) {
        return role == Role.PLAN || role == Role.SWITCH;
    }

    /** What such a role works on is there, and its user has its rights on it. */
    void prepare(Role role) {
        moves.prepare(role);
    }

    /** Whether the role's work gets done without a right that it had until now. */
    boolean worksWithout(Role role, Right right) {
        if (role != Role.SWITCH) {
            return works(role);
        }
        boolean ofLook = right.resource().name().equals(ResourcePattern.WILDCARD_RESOURCE);
        return ofLook ? moves.looks() : moves.switches();
    }

    /** With all its rights again: as it was before. */
    void restore(Role role) {
        if (role == Role.SWITCH) {
            moves.goHome();
        }
    }

    /** Whether the role's work gets done; a switch's to its end, so once. */
    boolean works(Role role) {
        return switch (role) {
            case READER -> reads();
            case VERIFY -> command("verify", "verify.yaml");
            case SINK -> carries(servers.applications(), "warehouse", this::rows);
            case CAPTURE -> captures();
            case MIRROR ->
                // the flow first, which is started again: the command refuses one that failed for want of a right
                // before
                carries(servers.mirror(), "dc1-to-dc2-forward", () -> ends(servers.dc2(), Story.TOPIC))
                        && command("mirror", "mirror.yaml");
            case WORKER -> serves();
            case PLAN -> moves.plans();
            case SWITCH -> moves.switches() && moves.finishes();
        };
    }

    private boolean command(String command, String migration) {
        return TowpathCommand.run(command, "-f", directory.resolve(migration).toString())
                        .exitCode()
                == 0;
    }

    private boolean reads() {
        Map<String, Object> login = new HashMap<>(servers.dc1().login("reader").properties());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(login, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Story.TOPIC).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return within(LIMIT, () -> !consumer.poll(LOOK_EVERY).isEmpty());
        } catch (KafkaException refused) {
            return false;
        }
    }

    /** The connector, restarted, brings what the shop does to the place that {@code there} counts, and runs on. */
    private boolean carries(ConnectWorker worker, String connector, Count there) {
        long before = there.now();
        restart(worker, connector);
        say();
        return within(LIMIT, () -> failed(worker, connector) || there.now() > before) && !failed(worker, connector);
    }

    private boolean captures() {
        long progress = ends(servers.dc1(), "towpath-shop-activity-progress");
        long consent = ends(servers.dc1(), "towpath-shop-activity-consent");
        ConnectWorker worker = servers.applications();
        return carries(worker, "shop-activity", () -> ends(servers.dc1(), Story.TOPIC))
                && within(
                        LIMIT,
                        () -> failed(worker, "shop-activity")
                                || (ends(servers.dc1(), "towpath-shop-activity-progress") > progress
                                        && ends(servers.dc1(), "towpath-shop-activity-consent") > consent))
                && !failed(worker, "shop-activity");
    }

    /** A worker that comes back serves, keeps what it is told, and shows what its tasks say. */
    private boolean serves() {
        ConnectWorker worker = servers.applications();
        worker.kill();
        worker.start();
        try {
            ConnectRest rest = new ConnectRest(worker.url(), Duration.ofSeconds(5));
            if (!within(LIMIT, () -> !worker.alive() || answers(worker.url().resolve("/health"))) || !worker.alive()) {
                return false;
            }
            rest.stop("warehouse");
            boolean stopped = within(LIMIT, () -> state(rest).equals("STOPPED"));
            rest.resume("warehouse");
            return stopped && within(LIMIT, () -> state(rest).equals("RUNNING"));
        } catch (RestFailure | StartFailure refused) {
            return false;
        }
    }

    private static String state(ConnectRest rest) {
        return rest.status("warehouse")
                .map(status -> status.connector().state())
                .orElse("");
    }

    private static boolean failed(ConnectWorker worker, String connector) {
        return new ConnectRest(worker.url())
                .status(connector)
                .flatMap(ConnectorStatus::failure)
                .isPresent();
    }

    /** Not by a restart, which is only queued: what was seen at once after it would be the state before. */
    private static void restart(ConnectWorker worker, String connector) {
        ConnectRest rest = new ConnectRest(worker.url());
        rest.stop(connector);
        rest.awaitStopped(connector, LIMIT);
        rest.resume(connector);
    }

    private static boolean answers(URI uri) {
        return send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build()) == 200;
    }

    private static int send(HttpRequest request) {
        try {
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException noAnswer) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** A new customer agrees to be recorded and looks at a page. */
    private void say() {
        long customer = said++;
        try (Connection connection = Database.of(servers.postgres(), "shop").connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "insert into consent values (" + customer + ", 'activity', true, now(), " + customer + ")");
            statement.execute("select pg_logical_emit_message(true, 'page-view', '{\"customer\": " + customer
                    + ", \"page\": {\"path\": \"/\"}, \"agent\": \"a\", \"change_id\": " + customer + "}')");
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("the shop's database refuses", e);
        }
    }

    private long rows() {
        try {
            return Database.of(servers.postgres(), "warehouse").number("select count(*) from activity");
        } catch (SQLException e) {
            throw new IllegalStateException("the warehouse refuses", e);
        }
    }

    private static long ends(KafkaCluster cluster, String topic) {
        try (Admin admin = Admin.create(cluster.login(KafkaCluster.SUPER_USER).properties())) {
            Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
            admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .forEach(p -> partitions.put(new TopicPartition(topic, p.partition()), OffsetSpec.latest()));
            return admin.listOffsets(partitions).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException(cluster.name() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static boolean within(Duration limit, BooleanSupplier look) {
        return new Patience(limit, LOOK_EVERY)
                .until(() -> look.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    @FunctionalInterface
    private interface Count {
        long now();
    }
}
