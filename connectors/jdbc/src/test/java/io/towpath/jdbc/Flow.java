package io.towpath.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.ConnectWorker;
import io.towpath.local.DatabaseServer;
import io.towpath.local.KafkaCluster;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A running append-mode connector of two tasks for a new topic, and a new database of the same name. */
record Flow(Topic topic, Database database, Rest rest, Map<String, String> config) implements AutoCloseable {
    static Flow start(KafkaCluster cluster, DatabaseServer server, ConnectWorker worker, String name) throws Exception {
        Topic topic = new Topic(cluster, name, 4);
        Database database = Database.create(server, name);
        database.run("CREATE TABLE " + name + " (id bigint, name text)");
        Map<String, String> config = new HashMap<>(database.config(
                "name", name,
                "topics", name,
                "tasks.max", "2",
                "session.idle.timeout.ms", "3000",
                "session.lock.timeout.ms", "2000",
                "consumer.override.session.timeout.ms", "6000",
                "consumer.override.heartbeat.interval.ms", "1000",
                "consumer.override.max.poll.records", "50",
                "batch.size", "100"));
        config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        Flow flow = new Flow(topic, database, new Rest(worker.url()), config);
        flow.configure("tasks.max", "2");
        return flow;
    }

    void configure(String key, String value) {
        config.put(key, value);
        rest.call("PUT", path("/config"), config);
    }

    void awaitRows(long rows) {
        Awaitility.await(rows + " rows")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> database.count(topic.name()) >= rows);
    }

    void assertEachRecordOnce() throws Exception {
        awaitRows(topic.written());
        assertCounts();
    }

    private void assertCounts() throws SQLException {
        String counts = "SELECT count(*), count(DISTINCT id), max(id) + 1 FROM " + topic.name();
        String all = String.valueOf(topic.written());
        assertThat(database.rows(counts)).containsExactly(String.join("|", all, all, all));
    }

    String path(String rest) {
        return "/connectors/" + topic.name() + rest;
    }

    /** Restarts tasks that have stopped, as an operator does who reads "taken over by another task". */
    void restartFailed() {
        rest.call("POST", path("/restart?includeTasks=true&onlyFailed=true"), null);
    }

    /** Counts once more when nobody is left who could write: a record that came twice, and late, is seen here. */
    void assertEachRecordOnceAfterTheEnd() throws Exception {
        assertEachRecordOnce();
        rest.call("PUT", path("/stop"), null);
        Awaitility.await("the sink's sessions to end")
                .atMost(Duration.ofMinutes(1))
                .until(() -> database.rows("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND application_name LIKE 'towpath %'")
                        .equals(List.of("0")));
        assertCounts();
    }

    @Override
    public void close() {
        rest.call("DELETE", path(""), null);
        topic.close();
    }
}
