package io.towpath.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.towpath.local.TrialSize;
import io.towpath.migration.connect.ConnectorStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Values that name a person, marked so that they can be looked for: in every topic, the worker's log and its errors. */
@ExtendWith(CaptureStack.class)
class PrivateValuesIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String NAME = "private";
    private static final String MARK = "zqx";

    @Test
    void noValueThatNamesAPersonIsInATopicALogOrAnErrorHoweverBadTheChange() throws Exception {
        try (Connection db = CaptureStack.newDatabase(NAME);
                ActivityTopic topic = new ActivityTopic(NAME + "-activity")) {
            CaptureStack.run(
                    db,
                    "create table orders (id int primary key, customer text, email text, ip text, kind text)",
                    "create table consent (actor text, category text, allowed text, changed_at text,"
                            + " primary key (actor, category))");
            CaptureStack.rest().put(NAME, config("skip"));
            CaptureStack.rest().awaitRunning(NAME, LIMIT);
            ActivityCaptureIT.awaitSlot(db);
            CaptureStack.run(
                    db,
                    "insert into consent values ('zqx-ada', 'activity', 'true', 'zqx-not-a-time')",
                    "insert into orders values (1, 'zqx-ada', 'zqx-ada@example.org', '198.51.100.77', 'placed')",
                    "insert into orders values (2, 'zqx-ada', 'zqx-no-address', 'zqx-no-ip', null)",
                    "select pg_logical_emit_message(true, 'ctx', 'zqx no JSON')",
                    "select pg_logical_emit_message(true, 'page-view', 'zqx no JSON')",
                    "update consent set allowed = 'zqx-perhaps' where actor = 'zqx-ada'",
                    "insert into orders values (3, 'zqx-ada', 'zqx-ada@example.org', '198.51.100.77', 'placed')");
            await().atMost(LIMIT)
                    .until(() ->
                            topic.read().stream().anyMatch(seen -> seen.type().equals("actor.erased")));
            CaptureStack.run( // the last change has a person in its key
                    db, "update consent set allowed = 'true'", "update consent set allowed = 'false'");
            await().atMost(LIMIT)
                    .until(() -> topic.read().stream()
                                    .filter(seen -> seen.type().equals("actor.erased"))
                                    .count()
                            > 1);
            assertThat(CaptureStack.gauge(NAME, "consent-allowed")).isEqualTo(1);
            assertThat(CaptureStack.gauge(NAME, "consent-dropped-opted-out")).isEqualTo(1);
            assertThat(CaptureStack.gauge(NAME, "consent-erasures")).isEqualTo(2);
            assertThat(WorkerJmx.attributes(CaptureStack.worker().pid(), "kafka"))
                    .as("metrics of the worker")
                    .anyMatch(text -> text.contains("slot-retained-bytes"))
                    .noneMatch(text -> text.contains(MARK));
            assertThat(WorkerJmx.attributes(CaptureStack.worker().pid(), "debezium"))
                    .as("metrics of the delegates")
                    .anyMatch(text -> text.contains("connector=" + NAME) && text.contains(" LastEvent "))
                    .noneMatch(text -> text.contains(MARK));

            CaptureStack.rest().put(NAME, config("fail"));
            await().atMost(LIMIT).until(() -> {
                // once more each time: the first may still be read, and skipped, by the task of the old config
                CaptureStack.run(db, "select pg_logical_emit_message(true, 'page-view', 'zqx no JSON')");
                return CaptureStack.rest()
                        .status(NAME)
                        .flatMap(ConnectorStatus::failure)
                        .isPresent();
            });

            assertThat(CaptureStack.rest().status(NAME).orElseThrow().toString())
                    .doesNotContain(MARK);
            List<String> written = new ArrayList<>(records(NAME + "-activity"));
            written.addAll(records("towpath-" + NAME + "-consent"));
            assertThat(written).hasSizeGreaterThanOrEqualTo(4);
            assertThat(written).noneMatch(text -> text.contains(MARK) || text.contains("198.51.100.77"));
            assertThat(Files.readAllLines(CaptureStack.worker().log()))
                    .as("lines of the worker's log")
                    .noneMatch(line -> line.contains(MARK) || line.contains("198.51.100.77"));
            TrialSize.figure("private values looked through, records", written.size());
        } finally {
            CaptureStack.rest().delete(NAME);
        }
    }

    private static Map<String, String> config(String onBadChange) {
        Map<String, String> config = CaptureStack.config(NAME);
        config.put("capture.on.bad.change", onBadChange);
        config.put("rules", "placed,viewed");
        config.put("rules.placed.table", "public.orders");
        config.put("rules.placed.type", "order.${kind}");
        config.put("rules.placed.actor.id", "${customer}");
        config.put("rules.placed.object.type", "order");
        config.put("rules.placed.object.id", "${id}");
        config.put("rules.placed.data", "email,customer");
        config.put("rules.placed.context", "ip");
        config.put("rules.viewed.message.prefix", "page-view");
        config.put("rules.viewed.type", "page.viewed");
        config.put("rules.viewed.actor.id", "${user}");
        config.put("context.message.prefix", "ctx");
        config.put("consent.table", "public.consent");
        config.put("kafka.bootstrap.servers", CaptureStack.kafka().bootstrapServers());
        config.put("pseudonyms.fields", "actor.id,data.customer");
        config.put("pseudonyms.truncate.email", "data.email");
        config.put("pseudonyms.truncate.ip", "context.ip");
        config.put("pseudonyms.keys", "k1");
        config.put("pseudonyms.keys.k1.secret", "0123456789abcdef0123456789abcdef");
        return config;
    }

    /** Keys, values and headers of all committed records of a topic with one partition; what is encoded is opened. */
    private static List<String> records(String topic) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", CaptureStack.kafka().bootstrapServers());
        properties.put("isolation.level", "read_committed");
        List<String> texts = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition only = new TopicPartition(topic, 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            long end = consumer.endOffsets(List.of(only)).get(only);
            while (consumer.position(only) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    texts.add(record.key() + " " + record.value() + " " + record.headers());
                    texts.add(opened(record.value()));
                });
            }
        }
        return texts;
    }

    private static String opened(String value) {
        String begin = "towpath-consent:";
        int from = value == null ? -1 : value.indexOf(begin);
        if (from < 0) {
            return "";
        }
        String encoded = value.substring(from + begin.length(), value.indexOf(':', from + begin.length()));
        return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}
