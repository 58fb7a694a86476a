package io.towpath.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

/** What cannot work is refused before the first record, on the key to change. Every dialect passes it. */
abstract class ValidationContract {
    private static final String[] PARKS = {
        "on.poison.key", "park",
        "redrive.topic", "redrive",
        "topics", "events,redrive",
        "errors.tolerance", "all",
        "errors.deadletterqueue.topic.name", "dead",
        "errors.deadletterqueue.context.headers.enable", "true",
        "schema.evolution", "evolve"
    };

    /** An empty database. */
    abstract Database create(String name);

    /** Keys with an error; {@code more} wins, null takes a key away. */
    private static List<String> refused(Database database, String[] base, String... more) {
        Map<String, String> config = database.config(base);
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        config.values().removeIf(value -> value == null);
        List<String> keys = new ArrayList<>();
        for (ConfigValue value :
                new ExactlyOnceJdbcSinkConnector().validate(config).configValues()) {
            if (!value.errorMessages().isEmpty()) {
                keys.add(value.name());
            }
        }
        return keys;
    }

    @Test
    void parkingWantsADeadLetterQueueWithCoordinatesAndASubscribedRedriveTopic() {
        Database database = create("validate_park");
        assertThat(refused(database, PARKS)).isEmpty();
        assertThat(refused(database, PARKS, "topics", null, "topics.regex", "events|re.*"))
                .isEmpty();
        assertThat(refused(database, PARKS, "topics", "events")).containsExactly("topics");
        assertThat(refused(database, PARKS, "topics", null, "topics.regex", "events.*"))
                .containsExactly("topics.regex");
        assertThat(refused(database, PARKS, "redrive.topic", null)).containsExactly("redrive.topic");
        assertThat(refused(database, PARKS, "redrive.topic", "dead")).containsExactly("redrive.topic");
        assertThat(refused(database, PARKS, "on.poison.key", "continue")).containsExactly("redrive.topic");
        assertThat(refused(database, PARKS, "errors.tolerance", null)).containsExactly("errors.tolerance");
        assertThat(refused(database, PARKS, "errors.deadletterqueue.topic.name", null))
                .containsExactly("errors.deadletterqueue.topic.name");
        assertThat(refused(database, PARKS, "errors.deadletterqueue.context.headers.enable", "false"))
                .containsExactly("errors.deadletterqueue.context.headers.enable");
    }

    @Test
    void aSessionThatMayOutliveTheWorkersPatienceIsRefused() {
        Database database = create("validate_poll");
        String[] short30 = {"consumer.override.max.poll.interval.ms", "30000"};
        assertThat(refused(database, short30, "session.statement.timeout.ms", "29999"))
                .containsExactly("session.idle.timeout.ms");
        assertThat(refused(database, new String[0], "session.idle.timeout.ms", "300000"))
                .containsExactly("session.idle.timeout.ms");
        assertThat(refused(database, new String[0], "session.lock.timeout.ms", "300000"))
                .containsExactly("session.lock.timeout.ms");
    }

    @Test
    void anErasureThatWouldFindNoRowsIsRefused() throws Exception {
        Database database = create("validate_erasure");
        database.run("CREATE TABLE events (id bigint, who varchar(20))");
        String[] fixed = {"collection.name.format", "events"};
        assertThat(refused(database, fixed)).isEmpty();
        assertThat(refused(database, fixed, "erasure.actor.column", "who")).isEmpty();
        assertThat(refused(database, fixed, "erasure.actor.column", "nobody")).containsExactly("erasure.actor.column");
        assertThat(refused(database, fixed, "erasure.tables", "events,absent", "erasure.actor.column", "who"))
                .containsExactly("erasure.tables");
        assertThat(refused(database, fixed, "erasure.tables", "events")).containsExactly("erasure.tables");
        assertThat(refused(database, fixed, "erasure.tables", "events", "erasure.enabled", "false"))
                .containsExactly("erasure.tables");
    }

    @Test
    void whatAppendModeWouldNotDoIsRefused() {
        Database database = create("validate_append");
        String[] appends = {"insert.mode", "append", "schema.evolution", "evolve"};
        assertThat(refused(database, appends)).isEmpty();
        assertThat(refused(database, appends, "truncate.enabled", "true")).containsExactly("truncate.enabled");
        assertThat(refused(database, appends, "delete.enabled", "true", "primary.key.mode", "record_key"))
                .containsExactly("delete.enabled");
    }
}
