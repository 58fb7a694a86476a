package io.towpath.migration.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.towpath.migration.Kept;
import io.towpath.migration.config.Cluster;
import io.towpath.migration.config.Migration;
import io.towpath.migration.config.Switching;
import io.towpath.migration.config.TopicSelection;
import io.towpath.migration.proof.Bounds;
import io.towpath.migration.proof.Finding;
import io.towpath.migration.proof.Kind;
import io.towpath.migration.proof.OffsetMap;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Span;
import io.towpath.migration.proof.read.ProofSettings;
import io.towpath.mm2.FlowWorker;
import io.towpath.mm2.Sizing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final TopicPartition TP = new TopicPartition("orders", 3);

    @Test
    void thePageSaysWhatWasFoundAndWhatWasNotChecked(@TempDir Path folder) throws IOException {
        new Report(mismatch("shop"), "1.0").write(folder);
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains(
                        "Mismatch: the clusters differ.",
                        "<td class=\"no\">lost</td>",
                        "<td>orders-3</td>",
                        "<td>7..8</td>")
                .contains("What was not checked", "read_committed", "towpath 1.0", "Offset map", "Timeline")
                .contains("after 1 min 30 s", "one:9092", "two:9092");
    }

    @Test
    void whatIsProvenIsThereForPrometheus() {
        Proven proven = mismatch("shop");
        assertThat(ProofMetrics.of(proven, Optional.of(proven.from())).text().lines())
                .contains(
                        "towpath_proof_proven_until_seconds{migration=\"shop\"} 1767225600.000",
                        "towpath_proof_records_equal{topic=\"orders\"} 100",
                        "towpath_proof_records_differing{topic=\"orders\"} 2",
                        "towpath_proof_records_not_proven{topic=\"orders\"} 0");
        assertThat(ProofMetrics.of(proven, Optional.empty()).text()) // the first of it waits for the target
                .doesNotContain("proven_until_seconds{");
    }

    @Test
    void aMatchWithGapsIsNotShownAsWhole() {
        assertThat(new HtmlReport(proven("shop", result(Map.of(), List.of())), "1").render())
                .contains("verdict good", "Match: both clusters hold the same records.");
        assertThat(new HtmlReport(proven("shop", result(Map.of(Kind.NOT_PROVEN, 25L), List.of())), "1").render())
                .contains("verdict part", "Match of 80.0 %");
    }

    @Test
    void aDifferenceIsShownHoweverMuchOfOtherPartitionsIsNotProven() {
        List<Finding> gone = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            gone.add(new Finding(Kind.NOT_PROVEN, TP, new Span(i * 2L, i * 2L), null, 1));
        }
        PartitionResult first = result(Map.of(Kind.NOT_PROVEN, 600L), gone);
        Proven mismatch = mismatch("shop");
        Proven both = new Proven(
                mismatch.migration(),
                List.of(first, mismatch.results().get(0)),
                mismatch.from(),
                mismatch.from(),
                mismatch.to(),
                Duration.ofSeconds(30),
                0,
                0,
                List.of());
        assertThat(new HtmlReport(both, "1").render()).contains("<td class=\"no\">lost</td>", "The first 500 of 601");
    }

    @Test
    void namesThatLookLikeMarkupStayText() {
        assertThat(new HtmlReport(mismatch("<script>&'\""), "1").render())
                .contains("&lt;script&gt;&amp;&#39;&quot;")
                .doesNotContain("<script>");
    }

    @Test
    void theJsonHasTheShapeOfItsSchema(@TempDir Path folder) throws IOException {
        new Report(mismatch("shop"), "1.0").write(folder);
        ObjectMapper json = new ObjectMapper();
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(ReportTest.class.getResourceAsStream("/report.schema.json"));
        JsonNode report = json.readTree(folder.resolve("report.json").toFile());
        assertThat(schema.validate(report)).isEmpty();
        ((ObjectNode) report.at("/verdict")).put("match", "perhaps").put("mood", "good");
        assertThat(schema.validate(report)).hasSize(2);
        assertThat(report.at("/partitions/0/findings/0/source/from").asLong()).isEqualTo(7);
    }

    /** A job reads reports of any build: what is there in one of this format stays, and another format says so. */
    @Test
    void aReportOfAnEarlierBuildHasTheShapeThatTodaysHas() throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode today = new JsonReport(mismatch("shop"), "1.0").render();
        assertOfThisShape(json.readTree(Kept.bytes("report-1.json", json.writeValueAsBytes(today))), today);
    }

    /** Of a proof that found a record that nobody had written on the source. */
    @Test
    void aRunsReportIsReadTheSame() throws IOException {
        JsonNode kept = new ObjectMapper().readTree(Kept.ofARun("report-1.run.json"));
        assertThat(kept.at("/verdict/match").asBoolean(true)).isFalse();
        assertThat(kept.findValuesAsText("class")).containsExactly("foreign");
        Finding foreign = new Finding(Kind.FOREIGN, TP, null, new Span(5, 5), 1);
        Proven today = proven("shop", result(Map.of(Kind.FOREIGN, 1L), List.of(foreign)));
        assertOfThisShape(kept, new JsonReport(today, "1.0").render());
    }

    private static void assertOfThisShape(JsonNode kept, ObjectNode today) {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(ReportTest.class.getResourceAsStream("/report.schema.json"));
        assertThat(schema.validate(kept)).isEmpty();
        assertThat(paths("", today)).containsAll(paths("", kept));
        assertThat(schema.validate(((ObjectNode) kept).put("schema", JsonReport.SCHEMA.replace("-1", "-2"))))
                .singleElement()
                .asString()
                .contains("schema", "report-1.json");
    }

    private static Set<String> paths(String at, JsonNode node) {
        Set<String> paths = new TreeSet<>(Set.of(at));
        node.properties().forEach(field -> paths.addAll(paths(at + "/" + field.getKey(), field.getValue())));
        if (node.isArray() && !node.isEmpty()) {
            paths.addAll(paths(at + "/0", node.get(0)));
        }
        return paths;
    }

    @Test
    void aKeptProofIsSaidToBeOneAndWhatWaitsOrWasNotPlannedIsNotChecked() {
        Proven anew = proven("shop", result(Map.of(), List.of()));
        Instant since = anew.from().minusSeconds(86_400);
        Proven kept = new Proven(
                anew.migration(),
                anew.results(),
                since,
                anew.from(),
                anew.to(),
                ProofSettings.FOR_EVER,
                0,
                7,
                List.of("late"));
        assertThat(new Circumstances(kept, "1").evidence())
                .anyMatch(words -> words.startsWith("A proof kept since " + since))
                .anyMatch(words -> words.endsWith("a target that stands still is waited for."));
        assertThat(new Circumstances(anew, "1").evidence())
                .noneMatch(words -> words.contains("kept"))
                .anyMatch(words -> words.endsWith("or has stood still for 30 s."));
        assertThat(new Circumstances(kept, "1").notChecked())
                .contains(
                        "7 offsets below the fence that wait for the target: counted as not proven.",
                        "Topics that migration.yaml names and the applied plan did not know: late.");
        assertThat(new HtmlReport(kept, "1").render()).contains("held when they were compared, between " + since);
    }

    private static Proven mismatch(String name) {
        return proven(
                name, result(Map.of(Kind.LOST, 2L), List.of(new Finding(Kind.LOST, TP, new Span(7, 8), null, 2))));
    }

    private static PartitionResult result(Map<Kind, Long> counts, List<Finding> findings) {
        OffsetMap map = new OffsetMap();
        map.add(0, 0);
        return new PartitionResult(TP, new Bounds(0, 102, 0, 100), 100, counts, findings, map);
    }

    private static Proven proven(String name, PartitionResult result) {
        Cluster source = new Cluster("dc1", Map.of("bootstrap.servers", "one:9092"));
        Cluster target = new Cluster("dc2", Map.of("bootstrap.servers", "two:9092"));
        Migration.Connect connect = new Migration.Connect(null, new FlowWorker(true, true));
        Migration migration = new Migration(
                name,
                source,
                target,
                connect,
                Sizing.throughput(1),
                new TopicSelection(List.of("orders")),
                List.of(),
                Switching.DEFAULTS);
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        return new Proven(
                migration, List.of(result), from, from, from.plusSeconds(90), Duration.ofSeconds(30), 0, 0, List.of());
    }
}
