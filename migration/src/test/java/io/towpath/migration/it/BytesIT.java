package io.towpath.migration.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.TrialSize;
import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every shape of record and topic arrives byte for byte, seen by a plain consumer beside our own proof. */
@Tag("trial-mirror")
class BytesIT {

    private static final int MANY = 200;
    private static final String CAFE = "bin='cafe0001' twice='01' twice='02' nothing=null";

    private static TwoClusters clusters;
    private static Writer dc1;

    @BeforeAll
    static void start() {
        clusters = TwoClusters.shared();
        dc1 = new Writer(clusters.dc1.bootstrapServers());
    }

    @Test
    void nullsEmptyBytesHeadersOldTimestampsAbortsAndLargeRecordsArriveAsTheyAre() throws Exception {
        Map<String, String> large = Map.of("max.message.bytes", "8000000");
        dc1.topic("bytes-shapes", 3, large);
        dc1.plain("bytes-shapes", 0, 0, TrialSize.current().of(300, 100_000));
        dc1.transactions("bytes-shapes", 1, TrialSize.current().of(10, 300), 10);
        dc1.aborted("bytes-shapes", 1, 5);
        long seed = TrialSize.current().seed(11);
        for (int i = 0; i < 3; i++) {
            byte[] five = new byte[5_000_000];
            new Random(seed + i).nextBytes(five);
            dc1.send(new ProducerRecord<>("bytes-shapes", 2, 5L + i, null, five));
        }
        mirror("bytes-shapes");
        Map<Integer, List<String>> source = assertSameBytes("bytes-shapes");
        assertThat(source.get(0).get(0)).isEqualTo("null null at CreateTime 1000000000000 " + CAFE);
        assertThat(source.get(0).get(1)).isEqualTo("'' '' at CreateTime 1000000000001");
        assertThat(source.get(2)).as("seed %d", seed).hasSize(3).allMatch(line -> line.contains("5000000 bytes"));
    }

    @Test
    void aCompactedTopicArrivesAsItIs() throws Exception {
        dc1.topic("bytes-compacted", 1, Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.01"));
        for (int i = 0; i < 60; i++) {
            byte[] value = i % 9 == 0 ? null : ("v" + i).getBytes(UTF_8);
            dc1.send(new ProducerRecord<>("bytes-compacted", 0, 7L + i, ("k" + i % 10).getBytes(UTF_8), value));
        }
        mirror("bytes-compacted");
        assertThat(latest(clusters.dc2.bootstrapServers())).isEqualTo(latest(clusters.dc1.bootstrapServers()));
    }

    /** The last record of each key, in the order of the log: each cluster cleans when it likes, these stay. */
    private static List<String> latest(String bootstrapServers) {
        Map<String, String> byKey = new LinkedHashMap<>();
        for (String line : Contents.of(bootstrapServers, "bytes-compacted").get(0)) {
            String key = line.substring(0, line.indexOf(' '));
            byKey.remove(key);
            byKey.put(key, line);
        }
        assertThat(byKey).hasSize(10);
        return List.copyOf(byKey.values());
    }

    /** The target would write its own time over every record; so it is CreateTime there until the switch. */
    @Test
    void theTimestampsOfALogAppendTimeTopicStay() throws Exception {
        dc1.topic("bytes-appended", 1, Map.of("message.timestamp.type", "LogAppendTime"));
        dc1.plain("bytes-appended", 0, 0, 50);
        mirror("bytes-appended");
        Map<Integer, List<String>> source = Contents.of(clusters.dc1.bootstrapServers(), "bytes-appended");
        assertThat(source.get(0)).hasSize(50).allMatch(line -> line.contains(" at LogAppendTime 1"));
        source.get(0).replaceAll(line -> line.replace("LogAppendTime", "CreateTime"));
        assertThat(Contents.of(clusters.dc2.bootstrapServers(), "bytes-appended"))
                .isEqualTo(source);
        assertThat(typeOnTarget("bytes-appended")).isEqualTo("CreateTime");
    }

    @Test
    void twoHundredPartitionsKeepTheirNumbers() throws Exception {
        dc1.topic("bytes-many", MANY, Map.of());
        for (int partition = 0; partition < MANY; partition++) {
            dc1.plain("bytes-many", partition, partition, TrialSize.current().of(2, 500));
        }
        mirror("bytes-many");
        assertThat(assertSameBytes("bytes-many")).hasSize(MANY);
    }

    private static void mirror(String topic) {
        String file = clusters.migration(topic, List.of(topic));
        assertThat(CommandRun.of("plan", "-f", file, "--apply").exit()).isEqualTo(Exit.DONE);
        CommandRun mirror = CommandRun.of("mirror", "-f", file, "--watch", "--until-copied");
        assertThat(mirror.lastLine())
                .as(mirror.err())
                .isEqualTo("mirror: " + topic + "-forward has copied all that is there");
        CommandRun verify = CommandRun.of("verify", "-f", file);
        assertThat(verify.exit()).as(verify.out()).isEqualTo(Exit.DONE);
    }

    private static Map<Integer, List<String>> assertSameBytes(String topic) {
        Map<Integer, List<String>> source = Contents.of(clusters.dc1.bootstrapServers(), topic);
        assertThat(Contents.of(clusters.dc2.bootstrapServers(), topic)).isEqualTo(source);
        return source;
    }

    private static String typeOnTarget(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(new HashMap<>(Map.of("bootstrap.servers", clusters.dc2.bootstrapServers())))) {
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            return config.get("message.timestamp.type").value();
        }
    }
}
