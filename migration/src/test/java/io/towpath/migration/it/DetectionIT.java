package io.towpath.migration.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.proof.Kind;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.read.Proof;
import io.towpath.migration.proof.read.ProofSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every fault between two real clusters, and what finds it: the table of docs/detection.md. */
class DetectionIT {

    private static final Path PAGE = Path.of(System.getProperty("towpath.home"), "docs", "detection.md");
    private static final String MARK = "<!-- the table is written by DetectionIT, with -Dupdate -->\n";
    private static final int RECORDS = 200;

    private static TwoClusters clusters;
    private static Writer dc1;
    private static Writer dc2;

    @BeforeAll
    static void start() {
        clusters = TwoClusters.shared();
        dc1 = new Writer(clusters.dc1.bootstrapServers());
        dc2 = new Writer(clusters.dc2.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        dc1.close();
        dc2.close();
    }

    @Test
    void everyFaultIsFoundByItsClassAndNoneIsInvented() throws Exception {
        for (Fault fault : Fault.values()) {
            inject(fault);
        }
        Map<String, Set<Kind>> found = prove();
        for (Fault fault : Fault.values()) {
            assertThat(found.getOrDefault(fault.topic(), Set.of()))
                    .as(fault.words)
                    .isEqualTo(fault.classes());
        }
        assertThePageSaysSo(table(found));
    }

    @Test
    void transactionsAbortsAndMarkersOnEitherSideAreHoles() throws Exception {
        dc1.topic("holes", 2, Map.of());
        dc2.topic("holes", 2, Map.of());
        dc1.transactions("holes", 0, 12, 5);
        dc1.plain("holes", 1, 0, 40);
        for (int t = 0; t < 12; t++) {
            for (int i = 0; i < 5 && t % 3 != 2; i++) {
                dc2.send(Writer.record("holes", 0, 1_000_000 + t * 5 + i));
            }
        }
        dc2.aborted("holes", 1, 7);
        dc2.plain("holes", 1, 0, 40);
        CommandRun run = CommandRun.of("verify", "-f", clusters.migration("holes", List.of("holes")));
        assertThat(run.lastLine())
                .as(run.toString())
                .isEqualTo("verify: Match of 100 % (80 records equal, 0 not proven)");
    }

    /**
     * A flow cannot be ahead of the source's last stable offset; a test that writes both sides can, while the markers of a
     * commit are still being written: then the target holds what the source does not show yet.
     */
    @Test
    void recordsOfATransactionWithoutItsMarkerAreBeyondTheFence() throws Exception {
        dc1.topic("unsettled", 1, Map.of());
        dc2.topic("unsettled", 1, Map.of());
        String file = clusters.migration("unsettled", List.of("unsettled"));
        try (KafkaProducer<byte[], byte[]> open = dc1.transactional("unsettled")) {
            open.initTransactions();
            open.beginTransaction();
            for (int i = 0; i < 5; i++) {
                assertThat(open.send(Writer.record("unsettled", 0, i)).isCancelled())
                        .isFalse();
            }
            open.flush();
            dc2.plain("unsettled", 0, 0, 5);
            assertThat(CommandRun.of("verify", "-f", file).lastLine())
                    .isEqualTo("verify: MISMATCH in 5 records (0 equal, 0 not proven)");
            open.commitTransaction();
        }
        dc1.settle("unsettled");
        assertThat(CommandRun.of("verify", "-f", file).lastLine())
                .isEqualTo("verify: Match of 100 % (5 records equal, 0 not proven)");
    }

    @Test
    void aSampleSaysThatItIsOneAndCountsTheRestAsNotProven(@TempDir Path folder) throws Exception {
        for (Writer side : List.of(dc1, dc2)) {
            side.topic("sampled", 1, Map.of());
            side.plain("sampled", 0, 0, 1000);
        }
        String file = clusters.migration("sampled", List.of("sampled"));
        String[] sample = {"verify", "-f", file, "--sample", "100", "--report", folder.toString()};
        CommandRun run = CommandRun.of(sample);
        assertThat(run.exit()).isEqualTo(Exit.DIFFER);
        assertThat(run.out()).contains("a sample: the last 100 offsets of every partition, no more");
        assertThat(run.lastLine()).isEqualTo("verify: Match of 10.0 % (100 records equal, 900 not proven)");
        assertThat(Files.readString(folder.resolve("report.html"))).contains("A SAMPLE: the last 100 offsets");
        assertThat(Files.readString(folder.resolve("report.json"))).contains("\"sample\" : 100");
        assertThat(CommandRun.of("verify", "-f", file, "--sample", "100", "--accept-coverage", "10")
                        .exit())
                .isEqualTo(Exit.DONE);
    }

    @Test
    void whatRetentionTookSinceTheLastLookIsExpired(@TempDir Path folder) throws Exception {
        for (Writer side : List.of(dc1, dc2)) {
            side.topic("retained", 1, Map.of());
            side.plain("retained", 0, 0, 100);
        }
        String file = clusters.migration("retained", List.of("retained"));
        String[] verify = {
            "verify", "-f", file, "--checkpoint", folder.resolve("proof").toString()
        };
        assertThat(CommandRun.of(verify).lastLine())
                .isEqualTo("verify: Match of 100 % (100 records equal, 0 not proven)");
        dc1.plain("retained", 0, 100, 100);
        dc2.plain("retained", 0, 100, 100);
        deleteBefore(clusters.dc2.bootstrapServers(), "retained", 150);
        CommandRun run = CommandRun.of(verify);
        assertThat(run.out())
                .contains(
                        "expired retained-0, source 100..149 (50 records)", // never compared
                        "expired retained-0, source 0..99, target 0..99 (100 records)"); // compared, and gone since
        assertThat(run.lastLine()).isEqualTo("verify: Match of 25.0 % (50 records equal, 150 not proven)");
        assertThat(run.exit()).isEqualTo(Exit.DIFFER);
    }

    private static void deleteBefore(String bootstrapServers, String topic, long offset) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    private static void inject(Fault fault) throws Exception {
        dc1.topic(fault.topic(), 2, Map.of());
        dc2.topic(fault.topic(), 2, Map.of());
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            records.add(Writer.record(fault.topic(), 0, i));
        }
        dc1.all(records);
        if (fault == Fault.RECREATED) {
            dc2.all(records.subList(0, 60));
            dc2.deleteTopic(fault.topic());
            dc2.topic(fault.topic(), 2, Map.of());
        }
        if (fault == Fault.KILLED_TRANSACTION) {
            killedOnce(records);
        } else {
            dc2.all(fault.apply(records));
        }
        if (fault == Fault.TRUNCATED) {
            deleteBefore(clusters.dc2.bootstrapServers(), fault.topic(), 40);
        }
    }

    /**
     * What an exactly-once task that dies leaves: records of a transaction that nobody ends, until its successor is let in
     * and sends them again in a transaction of its own.
     */
    private static void killedOnce(List<ProducerRecord<byte[], byte[]>> records) {
        String task = "task-of-" + records.get(0).topic();
        try (KafkaProducer<byte[], byte[]> killed = dc2.transactional(task);
                KafkaProducer<byte[], byte[]> successor = dc2.transactional(task)) {
            killed.initTransactions();
            sent(killed, records.subList(0, 60));
            killed.commitTransaction();
            sent(killed, records.subList(60, 120));
            successor.initTransactions();
            sent(successor, records.subList(60, records.size()));
            successor.commitTransaction();
        }
        dc2.settle(task);
    }

    private static void sent(KafkaProducer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
        producer.beginTransaction();
        for (ProducerRecord<byte[], byte[]> record : records) {
            assertThat(producer.send(record).isCancelled()).isFalse();
        }
        producer.flush();
    }

    private static Map<String, Set<Kind>> prove() {
        Proof proof = new Proof(
                new Cluster("dc1", Map.of(Cluster.BOOTSTRAP, clusters.dc1.bootstrapServers())),
                new Cluster("dc2", Map.of(Cluster.BOOTSTRAP, clusters.dc2.bootstrapServers())),
                ProofSettings.defaults(Duration.ofSeconds(10)));
        List<PartitionResult> results =
                proof.run(Arrays.stream(Fault.values()).map(Fault::topic).toList(), (read, wanted, matched) -> {});
        return results.stream()
                .collect(Collectors.groupingBy(
                        r -> r.partition().topic(),
                        Collectors.flatMapping(
                                r -> r.counts().keySet().stream(), Collectors.toCollection(TreeSet::new))));
    }

    private static String table(Map<String, Set<Kind>> found) {
        OtherChecks others = new OtherChecks(clusters.dc1.bootstrapServers(), clusters.dc2.bootstrapServers());
        StringBuilder table = new StringBuilder("| fault | our proof | end offsets | counts | counts per window |\n");
        table.append("|---|---|---|---|---|\n");
        for (Fault fault : Fault.values()) {
            OtherChecks.Answers answers = others.ask(fault.topic());
            String classes = found.getOrDefault(fault.topic(), Set.of()).stream()
                    .map(Kind::label)
                    .collect(Collectors.joining(", "));
            table.append("| ").append(fault.words).append(" | ").append(classes.isEmpty() ? "match" : classes);
            for (boolean differs : new boolean[] {answers.endOffsets(), answers.counts(), answers.windows()}) {
                table.append(" | ").append(word(differs, fault.classes().isEmpty()));
            }
            table.append(" |\n");
        }
        return table.toString();
    }

    private static String word(boolean differs, boolean nothingIsWrong) {
        if (nothingIsWrong) {
            return differs ? "**false alarm**" : "equal";
        }
        return differs ? "differ" : "**missed**";
    }

    private static void assertThePageSaysSo(String table) throws Exception {
        String page = Files.readString(PAGE);
        String before = page.substring(0, page.indexOf(MARK) + MARK.length());
        if (System.getProperty("update") != null
                && !System.getProperty("update").startsWith("$")) {
            Files.writeString(PAGE, before + table);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(before + table);
    }
}
